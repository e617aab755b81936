import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { LEVELS } from '#catalogue';
import { asCode } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  CodeField,
  Codes,
  Commanding,
  Flag,
  OneOf,
  optionally,
  Part,
  PersonParam,
  Text,
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import type { InformationDescribed } from '../item.events.js';
import type { Level, PersonId } from '../person.ids.js';
import { sourceOf, SourceRequest } from '../source.request.js';
import { DescribeInformationCommand, type InformationWish } from './describe-information.handler.js';

export class DescribeInformationRequest {
  @CodeField({ example: 'functional-impact' }) category!: string;
  @Text(120, { description: 'A label, never the content.', example: 'risque de chute' }) label!: string;
  @OneOf(LEVELS, { optional: true, description: 'Left out: it counts as secret.' }) level?: Level;
  @Codes({ optional: true, description: 'The texts that make it secret.' }) secretBy?: string[];
  @Text(120, { optional: true, description: 'If it is about somebody else: their relationship, no name.' })
  thirdParty?: string;
  @Text(43, { optional: true, description: 'Salted SHA-256 of a document, base64url.' })
  @Matches(/^[A-Za-z0-9_-]{43}$/, { message: '$property is a SHA-256 digest in base64url: 43 characters' })
  documentDigest?: string;
  @Flag({ optional: true, description: 'Kept from holders of parental authority (CSP L1111-5).' })
  keptFromParents?: boolean;
  @Uuid({ optional: true, description: 'Mandate that learnt it; left out: the caller’s.' }) holder?: string;
  @CodeField({ description: 'The purpose for which it was obtained.', example: 'care-coordination' })
  purpose!: string;
  @Part(() => SourceRequest) source!: SourceRequest;
  @When({ optional: true, description: 'When it was learnt; left out: now.' }) effectiveAt?: string;
}

class ItemAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) item!: string;
}

@Controller('v1/persons/:person/items')
export class DescribeInformationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Describe something that is known about the person: by a label, with who learnt it and for what.',
    ItemAnswer,
  )
  @Callers('mandate', 'client')
  async describe(
    @PersonParam() person: PersonId,
    @Body() body: DescribeInformationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<ItemAnswer> {
    const outcome: Outcome<InformationDescribed> = await this.commands.execute(
      new DescribeInformationCommand(person, wishOf(body), request),
    );
    return answer(outcome, ([event]) => ({ item: event!.data.item }));
  }
}

function wishOf(body: DescribeInformationRequest): InformationWish {
  const { category, label, level, secretBy, thirdParty, documentDigest, keptFromParents } = body;
  return {
    item: {
      category: asCode<'Category'>(category),
      label,
      ...(level ? { level } : {}),
      secretBy: secretBy ?? [],
      ...(thirdParty ? { thirdParty } : {}),
      ...(documentDigest ? { documentDigest } : {}),
      keptFromParents: keptFromParents ?? false,
    },
    ...(body.holder ? { holder: body.holder } : {}),
    purpose: asCode<'Purpose'>(body.purpose),
    source: sourceOf(body.source),
    ...optionally('effectiveAt', body.effectiveAt),
  };
}
