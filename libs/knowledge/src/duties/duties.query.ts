import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Catalogues, type Catalogue } from '#catalogue';
import type { Actor } from '#decider';
import { Asking, CallerOf, Callers, OneOf, Text, Uuid } from '#http';
import { Searches } from '#person';
import type { SqlRow } from '#read-store';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';
import { reachOf, type Reach } from '../reach.query.js';
import { DUTY_STATES, type DutyState } from './duties.projection.js';
import { owedPage, OwedView, owedView } from './owed.query.js';

/** Something that a holder or an institution owes. The person is pseudonymous. */
export class DutiesRow extends OwedView {
  @ApiProperty({ type: String })
  readonly person!: string;
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

@QueryHandler(DutiesQuery)
export class DutiesHandler implements IQueryHandler<DutiesQuery> {
  constructor(
    private readonly reader: Reader,
    private readonly catalogues: Catalogues,
  ) {}

  async execute({ asked, reach, page }: DutiesQuery): Promise<Page<DutiesRow>> {
    const { choices, parameters } = choicesOf(asked, reach);
    const { rows, next } = owedPage(this.reader, choices, parameters, asked.state, page);
    const catalogue = await this.catalogues.current();
    return { rows: rows.map((row) => view(row, page, catalogue)), next };
  }
}

/** What a mandate owes itself where another institution answers is looked up beside what its own answers for. */
function choicesOf({ holder, institution }: DutiesQuery['asked'], { institution: own, debtor: self }: Reach) {
  const owing = holder === undefined ? '' : ' AND debtor = :holder';
  const named: Readonly<Record<string, string>> = holder === undefined ? {} : { holder };
  if (institution !== undefined)
    return { choices: [`institution = :institution${owing}`], parameters: { ...named, institution } };
  if (own === null) return { choices: [`TRUE${owing}`], parameters: named };
  const elsewhere = 'debtor = :self AND institution IS NOT :own';
  return {
    choices: [`institution = :own${owing}`, `${elsewhere}${owing}`],
    parameters: { ...named, own, self },
  };
}

function view(row: SqlRow, page: PageRequest, catalogue: Catalogue): DutiesRow {
  const text = (column: string) => row[column] as string;
  const orNull = (column: string) => row[column] as string | null;
  return {
    ...owedView(row, page, catalogue),
    person: text('person'),
    debtor: text('debtor'),
    institution: orNull('institution'),
    recipient: orNull('recipient'),
    items: JSON.parse(text('items')) as string[],
    about: text('about'),
    deferral: orNull('deferral'),
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
