import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  Objects,
  Part,
  Recording,
  Text,
  When,
  type CommandRequest,
} from '#http';
import type { CatalogueRevised, ChangedEntry, Revision } from '../revision.js';
import { ReviseCatalogueCommand } from './revise-catalogue.handler.js';

class TitleRequest {
  @Text(200) fr!: string;
  @Text(200) en!: string;
}

export class ReviseCatalogueRequest {
  @Text(40, { example: '2027-1' }) version!: string;
  @When({ description: 'The first day on which it is used, a day to come.' }) validFrom!: string;
  @Part(() => TitleRequest) title!: TitleRequest;
  @Objects({
    description: 'Each a section with the entry in full, or with the name of the one that goes (removed).',
  })
  changed!: object[];
}

class RevisionAnswer extends Answer {
  @ApiProperty() version!: string;
  @ApiProperty({ description: 'SHA-256 over the catalogue that results.' }) digest!: string;
}

@Controller('v1/catalogue/revisions')
export class ReviseCatalogueController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Publish a new version of the catalogue: what changed, and from when it holds.', RevisionAnswer)
  @Callers('client')
  async revise(
    @Body() { version, validFrom, title, changed }: ReviseCatalogueRequest,
    @Commanding() request: CommandRequest,
  ): Promise<RevisionAnswer> {
    const { fr, en } = title;
    // Entries are checked with the whole catalogue that would result, where every fault is named.
    const revision = {
      version,
      validFrom,
      title: { fr, en },
      changed: changed as ChangedEntry[],
    } as Revision;
    const outcome: Outcome<CatalogueRevised> = await this.commands.execute(
      new ReviseCatalogueCommand(revision, request),
    );
    return answer(outcome, ([event]) => ({ version: event!.data.version, digest: event!.data.digest }));
  }
}
