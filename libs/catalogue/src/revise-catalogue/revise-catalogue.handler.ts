import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder, type CommandRequest } from '#http';
import { catalogueFold } from '../published.js';
import { CATALOGUE_STREAM, type Revision } from '../revision.js';
import { reviseCatalogue } from './revise-catalogue.js';

export class ReviseCatalogueCommand {
  constructor(
    readonly revision: Revision,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ReviseCatalogueCommand)
export class ReviseCatalogueHandler implements ICommandHandler<ReviseCatalogueCommand> {
  constructor(private readonly recorder: Recorder) {}

  execute({ revision, request }: ReviseCatalogueCommand) {
    return this.recorder.decide(CATALOGUE_STREAM, catalogueFold, request, (state) =>
      reviseCatalogue(state, { revision, now: this.recorder.ledger.clock.now() }),
    );
  }
}
