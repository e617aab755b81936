import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor, Effective, Recorded, StreamName } from '#decider';
import { Asking, CallerOf, Callers, PersonParam } from '#http';
import type { PersonEvent, PersonId } from '#person';
import type { SqlRow } from '#read-store';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { consulting } from '#person';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import { EFFECTIVE, Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';

/** One fact about the person, in order of effect. */
export class TimelineRow {
  @ApiProperty({ type: String })
  readonly event!: string;
  @ApiProperty({ type: String })
  readonly type!: string;
  @ApiProperty({ type: Number })
  readonly revision!: number;
  @ApiProperty({ ...EFFECTIVE })
  readonly effectiveAt!: Effective;
  @ApiProperty({ type: String })
  readonly recordedAt!: string;
  @ApiProperty({ type: Object })
  readonly actor!: Actor;
  @ApiProperty({ type: Object, description: 'What the event says.' })
  readonly data!: unknown;
}

export class TimelineQuery {
  constructor(
    readonly person: PersonId,
    readonly page: PageRequest,
    readonly caller: Actor,
  ) {}
}

/** An assessment is for the discloser's side: their institution, and programs. */
const SQL = `SELECT * FROM timeline
  WHERE person = :person AND effective_from <= :valid AND recorded_from <= :known
    AND (side IS NULL OR :kind = 'client' OR (:kind = 'mandate' AND EXISTS (
      SELECT 1 FROM mandate AS theirs, mandate AS own
      WHERE theirs.mandate = side AND own.mandate = :caller AND own.institution = theirs.institution)))
    AND (effective_from, place) > (:effective, :place)
  ORDER BY effective_from, place LIMIT :limit`;

@QueryHandler(TimelineQuery)
export class TimelineHandler implements IQueryHandler<TimelineQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ person, page, caller }: TimelineQuery): Promise<Page<TimelineRow>> {
    this.reader.mustKnow(person);
    const [effective = Number.MIN_SAFE_INTEGER, place = -1] = page.from ?? [];
    const found = this.reader.rows(SQL, {
      person,
      valid: page.validMs,
      known: page.knownMs,
      kind: caller.kind,
      caller: caller.id,
      effective,
      place,
      limit: page.limit + 1,
    });
    const shown = found.slice(0, page.limit);
    const rows = await Promise.all(shown.map((row) => this.view(row, caller)));
    const last = shown.at(-1);
    const more = found.length > page.limit && last;
    return { rows, next: more ? [last['effective_from'] as number, last['place'] as number] : undefined };
  }

  private async view(row: SqlRow, caller: Actor): Promise<TimelineRow> {
    const { store, codec } = this.reader.ledger;
    const stored = await store.read(row['stream'] as StreamName, row['revision'] as number, 1);
    const [event] = await codec.open(stored);
    const { id, type, revision, effectiveAt, recordedAt, actor } = event!;
    const data = shown(event as Recorded<PersonEvent>, () => this.isOfOneSide(actor, caller));
    return { event: id, type, revision, effectiveAt, recordedAt, actor, data };
  }

  private isOfOneSide(actor: Actor, caller: Actor): boolean {
    if (caller.kind !== 'mandate') return caller.kind === 'client';
    const sql = `SELECT 1 FROM mandate AS theirs JOIN mandate AS own USING (institution)
      WHERE theirs.mandate = ? AND own.mandate = ? LIMIT 1`;
    return this.reader.rows(sql, actor.id, caller.id).length > 0;
  }
}

/**
 * What a deferral covered has rows of its own, each for whoever may see it. What is declared beside an act that waits for
 * a decision, an exception's reason among it, is for the discloser's side.
 */
function shown({ type, data }: Recorded<PersonEvent>, isOfOneSide: () => boolean): unknown {
  if (type === 'DeferralRevealed') return { deferral: data.deferral };
  if (type !== 'DisclosureEscalated' || isOfOneSide()) return data;
  const { declared: _, ...act } = data.act;
  return { ...data, act };
}

const QUESTION: Question = {
  name: 'timeline',
  key: ['ms', 'count'],
  columns: [
    'event',
    'type',
    'revision',
    'effectiveAt',
    'recordedAt',
    'actor.kind',
    'actor.id',
    'actor.assistedBy',
    'data',
  ],
};

@Controller('v1/persons/:person/timeline')
export class TimelineController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
  ) {}

  @Get()
  @Asking('Everything that happened, in order of effect, with when it was recorded.', TimelineRow)
  @Callers('mandate', 'person', 'client')
  ask(@PersonParam() person: PersonId, @Query() request: PersonQuestionRequest, @CallerOf() caller: Actor) {
    const look = consulting(this.reader.ledger, caller, person, request, { question: 'timeline' });
    return respond(
      this.reader,
      { question: QUESTION, of: person, request },
      (page) =>
        this.queries.execute<TimelineQuery, Page<TimelineRow>>(new TimelineQuery(person, page, caller)),
      look,
    );
  }
}
