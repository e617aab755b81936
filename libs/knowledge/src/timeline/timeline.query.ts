import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor, Effective, StreamName } from '#decider';
import { Asking, CallerOf, Callers, PersonParam } from '#http';
import type { PersonId } from '#person';
import type { SqlRow } from '#read-store';
import type { Page, PageRequest } from '../moment.request.js';
import { consulting } from '../consultations/consulting.query.js';
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
    /** Types that this caller does not see. */
    readonly hidden: readonly string[],
  ) {}
}

/** What only the discloser's side sees. */
const DISCLOSERS_SIDE = ['DisclosureAssessed', 'DutyDischarged'];

const SQL = `SELECT * FROM timeline
  WHERE person = :person AND effective_from <= :valid AND recorded_from <= :known
    AND type NOT IN (SELECT value FROM json_each(:hidden))
    AND (effective_from, revision) > (:effective, :revision)
  ORDER BY effective_from, revision LIMIT :limit`;

@QueryHandler(TimelineQuery)
export class TimelineHandler implements IQueryHandler<TimelineQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ person, page, hidden }: TimelineQuery): Promise<Page<TimelineRow>> {
    this.reader.mustKnow(person);
    const [effective = Number.MIN_SAFE_INTEGER, revision = -1] = page.from ?? [];
    const found = this.reader.rows(SQL, {
      person,
      valid: page.validMs,
      known: page.knownMs,
      hidden: JSON.stringify(hidden),
      effective,
      revision,
      limit: page.limit + 1,
    });
    const shown = found.slice(0, page.limit);
    const rows = await Promise.all(shown.map((row) => this.view(row)));
    const last = shown.at(-1);
    const more = found.length > page.limit && last;
    return { rows, next: more ? [last['effective_from'] as number, last['revision'] as number] : undefined };
  }

  private async view(row: SqlRow): Promise<TimelineRow> {
    const { store, codec } = this.reader.ledger;
    const stored = await store.read(row['stream'] as StreamName, row['revision'] as number, 1);
    const [event] = await codec.open(stored);
    const { id, type, revision, effectiveAt, recordedAt, actor, data } = event!;
    return { event: id, type, revision, effectiveAt, recordedAt, actor, data };
  }
}

/** Of the CSV. */
const COLUMNS = [
  'event',
  'type',
  'revision',
  'effectiveAt',
  'recordedAt',
  'actor.kind',
  'actor.id',
  'actor.assistedBy',
  'data',
];

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
    const hidden = caller.kind === 'person' ? DISCLOSERS_SIDE : [];
    const look = consulting(this.reader, caller, person, request, { question: 'timeline' });
    return respond(
      this.reader,
      request,
      COLUMNS,
      (page) =>
        this.queries.execute<TimelineQuery, Page<TimelineRow>>(new TimelineQuery(person, page, hidden)),
      look,
    );
  }
}
