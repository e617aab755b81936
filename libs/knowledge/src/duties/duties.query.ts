import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Catalogues, type Catalogue, type Text as Words } from '#catalogue';
import type { Actor, Effective } from '#decider';
import { Asking, CallerOf, Callers, OneOf, Text, Uuid } from '#http';
import { Searches } from '#person';
import { AS_KNOWN, AS_VALID, type SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { EFFECTIVE, Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';
import { reachOf, type Reach } from '../reach.query.js';
import { DUTY_STATES, type DutyState } from './duties.projection.js';
import { dutyText } from './texts.js';

export class Bilingual {
  @ApiProperty({ type: String })
  readonly fr!: string;
  @ApiProperty({ type: String })
  readonly en!: string;
}

/** Something that a holder or an institution owes. The person is pseudonymous. */
export class DutiesRow {
  @ApiProperty({ type: String })
  readonly person!: string;
  @ApiProperty({ type: String })
  readonly kind!: string;
  @ApiProperty({ type: () => Bilingual })
  readonly text!: Words;
  @ApiProperty({ enum: DUTY_STATES })
  readonly state!: DutyState;
  @ApiProperty({ type: String, description: 'Key of a holder, or `institution:<id>`.' })
  readonly debtor!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'The institution that answers: the debtor’s; for somebody without mandate, that of whoever told them.',
  })
  readonly institution!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Key of the recipient that it is about.' })
  readonly recipient!: string | null;
  @ApiProperty({ type: [String] })
  readonly items!: readonly string[];
  @ApiProperty({ enum: ['disclosure', 'notice', 'objection', 'access-request', 'deferral'] })
  readonly about!: string;
  @ApiProperty({ type: String, description: 'Of that disclosure, notice, objection, request or deferral.' })
  readonly id!: string;
  @ApiProperty({ ...EFFECTIVE, nullable: true, description: 'Null: none was set.' })
  readonly deadline!: Effective | null;
  @ApiProperty({ type: Boolean, description: 'Holds until its deadline, instead of being done by then.' })
  readonly standing!: boolean;
  @ApiProperty({ type: String, description: 'Day since which it is owed, Paris.' })
  readonly since!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'By which deferral alone this stands here: the person is not told of it for now.',
  })
  readonly deferral!: string | null;
}

export class DutiesRequest extends PersonQuestionRequest {
  @Text(200, {
    optional: true,
    description: 'Who owes: `mandate:<id>`, `outsider:<id>`, `institution:<id>`, …',
  })
  holder?: string;
  @Uuid({
    optional: true,
    description: 'The institution that answers. A mandate sees those of its own only.',
  })
  institution?: string;
  @OneOf(DUTY_STATES, { optional: true, description: 'Left out: what is open or overdue.' })
  state?: DutyState;
}

export class DutiesQuery {
  constructor(
    readonly asked: Pick<DutiesRequest, 'holder' | 'institution' | 'state'>,
    readonly reach: Reach,
    readonly page: PageRequest,
  ) {}
}

const SQL = `SELECT * FROM duty
  WHERE (:holder IS NULL OR debtor = :holder) AND (:institution IS NULL OR institution = :institution)
    AND (:own IS NULL OR institution = :own OR debtor = :self)
    AND (state = :state OR (:state IS NULL AND state <> 'done'))
    AND ${AS_VALID} AND ${AS_KNOWN} AND (due, id, n) > (:due, :id, :n)
  ORDER BY due, id, n LIMIT :limit`;

@QueryHandler(DutiesQuery)
export class DutiesHandler implements IQueryHandler<DutiesQuery> {
  constructor(
    private readonly reader: Reader,
    private readonly catalogues: Catalogues,
  ) {}

  async execute({ asked, reach, page }: DutiesQuery): Promise<Page<DutiesRow>> {
    const { holder = null, institution = null, state = null } = asked;
    const [due = Number.MIN_SAFE_INTEGER, id = '', n = -1] = page.from ?? [];
    const { validMs: valid, knownMs: known, limit } = page;
    const found = this.reader.rows(SQL, {
      holder,
      institution,
      state,
      own: reach.institution,
      self: reach.debtor,
      valid,
      known,
      due,
      id,
      n,
      limit: limit + 1,
    });
    const catalogue = await this.catalogues.current();
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const more = found.length > limit && last;
    return {
      rows: shown.map((row) => view(row, catalogue)),
      next: more ? [last['due'] as number, last['id'] as string, last['n'] as number] : undefined,
    };
  }
}

function view(row: SqlRow, catalogue: Catalogue): DutiesRow {
  const text = (column: string) => row[column] as string;
  const deadline = row['deadline'] as string | null;
  return {
    person: text('person'),
    kind: text('kind'),
    text: dutyText(text('kind'), catalogue),
    state: row['state'] as DutyState,
    debtor: text('debtor'),
    institution: row['institution'] as string | null,
    recipient: row['recipient'] as string | null,
    items: JSON.parse(text('items')) as string[],
    about: text('about'),
    id: text('id'),
    deadline: deadline === null ? null : (JSON.parse(deadline) as Effective),
    standing: row['standing'] === 1,
    since: dayOf(instantOf(row['since'] as number)),
    deferral: row['deferral'] as string | null,
  };
}

const QUESTION: Question = {
  name: 'duties',
  key: ['ms', 'text', 'count'],
  columns: [
    'person',
    'kind',
    'text.fr',
    'text.en',
    'state',
    'debtor',
    'institution',
    'recipient',
    'items',
    'about',
    'id',
    'deadline',
    'standing',
    'since',
    'deferral',
  ],
};

@Controller('v1/duties')
export class DutiesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
    private readonly searches: Searches,
  ) {}

  @Get()
  @Asking('What is owed and by when: the inbox of a holder, the list of an institution.', DutiesRow)
  @Callers('mandate', 'client')
  ask(@Query() request: DutiesRequest, @CallerOf() caller: Actor) {
    const reach = () => reachOf(this.reader, caller, request.institution);
    return respond(
      this.reader,
      { question: QUESTION, request },
      (page) => this.queries.execute<DutiesQuery, Page<DutiesRow>>(new DutiesQuery(request, reach(), page)),
      (rows) =>
        this.searches.record(caller, request, { question: 'duties', institution: reach().asked }, rows),
    );
  }
}
