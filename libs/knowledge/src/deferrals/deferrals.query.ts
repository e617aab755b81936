import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor, Effective } from '#decider';
import { Asking, CallerOf, Callers, OneOf, Uuid } from '#http';
import { DEFERRAL_GROUND_CODES, DEFERRAL_GROUNDS, Searches, type DeferralGround } from '#person';
import { AS_KNOWN, type SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { reachOf, type Reach } from '../reach.query.js';
import { EFFECTIVE, Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';

const STATES = ['open', 'ended'] as const;

class GroundText {
  @ApiProperty({ type: String })
  readonly fr!: string;
  @ApiProperty({ type: String })
  readonly en!: string;
}

/** A deferral of telling a person. The person is pseudonymous, what it covers is asked for one by one. */
export class DeferralsRow {
  @ApiProperty({ type: String })
  readonly deferral!: string;
  @ApiProperty({ type: String })
  readonly person!: string;
  @ApiProperty({
    type: String,
    description: 'One that may see it; of programs, the one that answers for it.',
  })
  readonly institution!: string;
  @ApiProperty({ type: Boolean, description: 'Whether this institution reviews and ends it.' })
  readonly answers!: boolean;
  @ApiProperty({ enum: STATES })
  readonly state!: string;
  @ApiProperty({ enum: DEFERRAL_GROUND_CODES })
  readonly ground!: DeferralGround;
  @ApiProperty({ type: () => GroundText })
  readonly groundLabel!: GroundText;
  @ApiProperty({ type: String, description: 'Day since which the person is not told, Paris.' })
  readonly since!: string;
  @ApiProperty({ ...EFFECTIVE, description: 'Last day by which it is looked at again.' })
  readonly reviewBy!: Effective;
  @ApiProperty({ type: Boolean, description: 'Open, and its day has passed.' })
  readonly overdue!: boolean;
}

export class DeferralsRequest extends PersonQuestionRequest {
  @Uuid({ optional: true, description: 'A mandate sees those of its own institution only.' })
  institution?: string;
  @OneOf(STATES, { optional: true, description: 'Left out: those that are open.' })
  state?: (typeof STATES)[number];
}

export class DeferralsQuery {
  constructor(
    readonly asked: Pick<DeferralsRequest, 'institution' | 'state'>,
    readonly reach: Reach,
    readonly page: PageRequest,
  ) {}
}

const SQL = `SELECT * FROM deferral
  WHERE (institution = :institution OR (:institution IS NULL AND answers = 1))
    AND state = :state AND since <= :valid AND ${AS_KNOWN} AND (due, deferral) > (:due, :deferral)
  ORDER BY due, deferral LIMIT :limit`;

@QueryHandler(DeferralsQuery)
export class DeferralsHandler implements IQueryHandler<DeferralsQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ asked, reach, page }: DeferralsQuery): Promise<Page<DeferralsRow>> {
    const [due = Number.MIN_SAFE_INTEGER, deferral = ''] = page.from ?? [];
    const { validMs: valid, knownMs: known, limit } = page;
    const institution = reach.institution ?? asked.institution ?? null;
    const state = asked.state ?? 'open';
    const asking = { institution, state, valid, known, due, deferral, limit: limit + 1 };
    const found = this.reader.rows(SQL, asking);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const next =
      found.length > limit && last ? [last['due'] as number, last['deferral'] as string] : undefined;
    return { rows: shown.map((row) => view(row, valid)), next };
  }
}

function view(row: SqlRow, validMs: number): DeferralsRow {
  const ground = row['ground'] as DeferralGround;
  return {
    deferral: row['deferral'] as string,
    person: row['person'] as string,
    institution: row['institution'] as string,
    answers: row['answers'] === 1,
    state: row['state'] as string,
    ground,
    groundLabel: DEFERRAL_GROUNDS[ground],
    since: dayOf(instantOf(row['since'] as number)),
    reviewBy: JSON.parse(row['review_by'] as string) as Effective,
    overdue: row['state'] === 'open' && (row['due'] as number) <= validMs,
  };
}

const QUESTION: Question = {
  name: 'deferrals',
  key: ['ms', 'text'],
  columns: [
    'deferral',
    'person',
    'institution',
    'answers',
    'state',
    'ground',
    'groundLabel.fr',
    'groundLabel.en',
    'since',
    'reviewBy',
    'overdue',
  ],
};

@Controller('v1/deferrals')
export class DeferralsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
    private readonly searches: Searches,
  ) {}

  @Get()
  @Asking(
    'Deferrals of telling a person that an institution may see, and by when each is looked at again.',
    DeferralsRow,
  )
  @Callers('mandate', 'client')
  ask(@Query() request: DeferralsRequest, @CallerOf() caller: Actor) {
    const reach = () => reachOf(this.reader, caller, request.institution);
    return respond(
      this.reader,
      { question: QUESTION, request },
      (page) =>
        this.queries.execute<DeferralsQuery, Page<DeferralsRow>>(new DeferralsQuery(request, reach(), page)),
      (rows) =>
        this.searches.record(caller, request, { question: 'deferrals', institution: reach().asked }, rows),
    );
  }
}
