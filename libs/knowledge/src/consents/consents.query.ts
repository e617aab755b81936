import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor } from '#decider';
import { Asking, CallerOf, Callers, PersonParam } from '#http';
import type { PersonId, Scope, Speaker } from '#person';
import { AS_KNOWN, AS_VALID, type SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { consulting } from '#person';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import { Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';
import { WILL_STATES, type WillState } from './consents.projection.js';

export interface OvertakenBy {
  readonly kind: 'consent' | 'refusal' | 'objection';
  readonly id: string;
  readonly scope: Scope;
}

/** What was said, by whom, and how it stands at the date pair. */
export class ConsentsRow {
  @ApiProperty({ type: String })
  readonly id!: string;
  @ApiProperty({ enum: ['consent', 'refusal', 'objection'] })
  readonly kind!: 'consent' | 'refusal' | 'objection';
  @ApiProperty({
    enum: WILL_STATES,
    description:
      '`narrowed`: a part was withdrawn or overtaken; `overtaken`: nothing is left; `not-yet`: said, and begins later.',
  })
  readonly state!: WillState;
  @ApiProperty({ type: Object })
  readonly by!: Speaker;
  @ApiProperty({ type: Object })
  readonly scope!: Scope;
  @ApiProperty({ type: [Object], description: 'What partial withdrawals took out of it.' })
  readonly excluded!: readonly Scope[];
  @ApiProperty({
    type: [Object],
    description: 'What was said later over the same, and so stands in its place: kind, id, scope.',
  })
  readonly overtakenBy!: readonly OvertakenBy[];
  @ApiProperty({ type: String })
  readonly means!: string;
  @ApiProperty({ type: String, description: 'Day on which it was said, Paris.' })
  readonly since!: string;
  @ApiProperty({ type: String, nullable: true, description: 'A consent’s last day.' })
  readonly until!: string | null;
}

export class ConsentsQuery {
  constructor(
    readonly person: PersonId,
    readonly page: PageRequest,
  ) {}
}

const SQL = `SELECT * FROM will
  WHERE person = :person AND ${AS_VALID} AND ${AS_KNOWN} AND (since, id) > (:since, :id)
  ORDER BY since, id LIMIT :limit`;

@QueryHandler(ConsentsQuery)
export class ConsentsHandler implements IQueryHandler<ConsentsQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ person, page }: ConsentsQuery): Promise<Page<ConsentsRow>> {
    this.reader.mustKnow(person);
    const [since = Number.MIN_SAFE_INTEGER, id = ''] = page.from ?? [];
    const { validMs: valid, knownMs: known, limit } = page;
    const found = this.reader.rows(SQL, { person, valid, known, since, id, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const next = found.length > limit && last ? [last['since'] as number, last['id'] as string] : undefined;
    return { rows: shown.map(view), next };
  }
}

function view(row: SqlRow): ConsentsRow {
  const until = row['until'] as number | null;
  return {
    id: row['id'] as string,
    kind: row['kind'] as ConsentsRow['kind'],
    state: row['state'] as WillState,
    by: JSON.parse(row['by'] as string) as Speaker,
    scope: JSON.parse(row['scope'] as string) as Scope,
    excluded: JSON.parse(row['excluded'] as string) as Scope[],
    overtakenBy: JSON.parse(row['overtaken_by'] as string) as OvertakenBy[],
    means: row['means'] as string,
    since: dayOf(instantOf(row['since'] as number)),
    until: until === null ? null : dayOf(instantOf(until - 1)),
  };
}

const QUESTION: Question = {
  name: 'consents',
  key: ['ms', 'text'],
  columns: [
    'id',
    'kind',
    'state',
    'by.kind',
    'by.representative',
    'scope.items',
    'scope.categories',
    'scope.recipients',
    'scope.purposes',
    'excluded',
    'overtakenBy',
    'means',
    'since',
    'until',
  ],
};

@Controller('v1/persons/:person/consents')
export class ConsentsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
  ) {}

  @Get()
  @Asking('What the person agreed to, refused, objected to: what is in force and what was.', ConsentsRow)
  @Callers('mandate', 'person', 'client')
  ask(@PersonParam() person: PersonId, @Query() request: PersonQuestionRequest, @CallerOf() caller: Actor) {
    const look = consulting(this.reader.ledger, caller, person, request, { question: 'consents' });
    return respond(
      this.reader,
      { question: QUESTION, of: person, request },
      (page) => this.queries.execute<ConsentsQuery, Page<ConsentsRow>>(new ConsentsQuery(person, page)),
      look,
    );
  }
}
