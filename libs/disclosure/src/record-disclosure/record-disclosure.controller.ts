import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Recorded } from '#decider';
import type { Outcome } from '#event-store';
import {
  AfterMandate,
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  PersonParam,
  problem,
  Uuid,
  type CommandRequest,
} from '#http';
import type {
  CareRelationStarted,
  DisclosureAssessed,
  DisclosureEscalated,
  DisclosureRecorded,
  DisclosureRefused,
  PersonId,
} from '#person';
import { LeftOutAnswer } from '../assess-disclosure/assessment-answer.controller.js';
import { IntendedRequest, wishOf } from '../intended.request.js';
import { RecordDisclosureCommand } from './record-disclosure.handler.js';

export class RecordDisclosureRequest extends IntendedRequest {
  @Uuid({ optional: true, description: 'The mandate that decides where a human decision is asked for.' })
  escalateTo?: string;
}

class DisclosureAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) disclosure!: string;
  @ApiProperty({ enum: ['allow', 'allow-with-duties', 'escalate'] }) verdict!: string;
  @ApiProperty({ type: [Object], description: 'What follows from it: who owes what, by when.' })
  duties!: readonly object[];
  @ApiProperty({
    type: [LeftOutAnswer],
    description: 'Excessive items that an alert went out without, and why.',
  })
  leftOut!: readonly LeftOutAnswer[];
}

type Result =
  DisclosureRecorded | DisclosureAssessed | CareRelationStarted | DisclosureRefused | DisclosureEscalated;

@Controller('v1/persons/:person/disclosures')
export class RecordDisclosureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record an intended disclosure: the nine points allow it with its duties, leave it to a named human being, or refuse it, and the refusal is recorded. An alert may also be given by somebody whose own mandate has ended.',
    DisclosureAnswer,
  )
  @Callers('mandate', 'client')
  @AfterMandate()
  async record(
    @PersonParam() person: PersonId,
    @Body() body: RecordDisclosureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<DisclosureAnswer> {
    const outcome: Outcome<Result> = await this.commands.execute(
      new RecordDisclosureCommand(person, wishOf(body), body.escalateTo, request),
    );
    const answered = answer(outcome, withLeftOut);
    const refusal = outcome.kind === 'recorded' ? outcome.events.find(isRefusal) : undefined;
    if (refusal) throw refused(refusal, answered);
    return answered;
  }
}

/** What is told of an act that was recorded or waits, from its events alone: a repeated command is told the same. */
export function disclosureIn(events: readonly Recorded<Result>[]) {
  const [first] = events;
  if (first?.type === undefined || first.type === 'CareRelationStarted')
    throw new Error('An act is told by its first event.');
  const { disclosure } = first.data;
  const assessed = events.find((event) => event.type === 'DisclosureAssessed');
  if (assessed?.type !== 'DisclosureAssessed') return { disclosure, verdict: 'escalate', duties: [] };
  const { verdict, duties } = assessed.data;
  return { disclosure, verdict, duties };
}

function withLeftOut(events: readonly Recorded<Result>[]) {
  return { ...disclosureIn(events), leftOut: events.flatMap(leftOutOf) };
}

function leftOutOf(event: Recorded<Result>): readonly LeftOutAnswer[] {
  if (event.type === 'DisclosureAssessed') return event.data.declared.leftOut?.why ?? [];
  return event.type === 'DisclosureEscalated' ? (event.data.act.declared.leftOut?.why ?? []) : [];
}

export function isRefusal(event: Recorded<Result>): event is Recorded<DisclosureRefused> {
  return event.type === 'DisclosureRefused';
}

/** Told as a problem, since nothing was disclosed; the refusal itself is on record. */
export function refused({ data }: Recorded<DisclosureRefused>, answered: DisclosureAnswer) {
  const { disclosure, events, revision, position, repeated } = answered;
  const detail = data.reasons.map((reason) => reason.en).join(' ');
  const remedy =
    'Ask POST /v1/persons/{person}/assessments what would make it pass, and which items or recipients to take out. The refusal was recorded.';
  return problem(422, 'disclosure-refused', detail, remedy, {
    reasons: data.reasons,
    disclosure,
    events,
    revision,
    position,
    repeated,
  });
}
