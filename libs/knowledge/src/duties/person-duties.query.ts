import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Catalogues, type Catalogue, type Text as Words } from '#catalogue';
import type { Actor, Effective } from '#decider';
import { Asking, CallerOf, Callers, OneOf, PersonParam } from '#http';
import { consulting, type PersonId } from '#person';
import { AS_KNOWN, AS_VALID, type SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import type { Question } from '../cursor.request.js';
import type { Page, PageRequest } from '../moment.request.js';
import { EFFECTIVE, holderColumns, HolderView, Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';
import { DUTY_STATES, type DutyState } from './duties.projection.js';
import { Bilingual } from './duties.query.js';
import { sightOf, type Sight } from './sight.query.js';
import { dutyText, TOLD_KINDS } from './texts.js';

class OwedItem {
  @ApiProperty({ type: String })
  readonly item!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly label!: string | null;
}

/** Something that somebody owes the person, or owes about them. */
export class PersonDutiesRow {
  @ApiProperty({ type: String })
  readonly kind!: string;
  @ApiProperty({ type: () => Bilingual })
  readonly text!: Words;
  @ApiProperty({ enum: DUTY_STATES })
  readonly state!: DutyState;
  @ApiProperty({ type: () => HolderView })
  readonly debtor!: HolderView;
  @ApiProperty({ type: () => HolderView, nullable: true, description: 'The recipient that it is about.' })
  readonly recipient!: HolderView | null;
  @ApiProperty({ type: () => [OwedItem] })
  readonly items!: readonly OwedItem[];
  @ApiProperty({ enum: ['disclosure', 'notice', 'objection', 'access-request'] })
  readonly about!: string;
  @ApiProperty({ type: String, description: 'Of that disclosure, notice, objection or request.' })
  readonly id!: string;
  @ApiProperty({ ...EFFECTIVE, nullable: true, description: 'Null: none was set.' })
  readonly deadline!: Effective | null;
  @ApiProperty({ type: Boolean, description: 'Holds until its deadline, instead of being done by then.' })
  readonly standing!: boolean;
  @ApiProperty({ type: String, description: 'Day since which it is owed, Paris.' })
  readonly since!: string;
}

export class PersonDutiesRequest extends PersonQuestionRequest {
  @OneOf(DUTY_STATES, { optional: true, description: 'Left out: what is open or overdue.' })
  state?: DutyState;
}

export class PersonDutiesQuery {
  constructor(
    readonly person: PersonId,
    readonly state: DutyState | undefined,
    readonly caller: Actor,
    readonly page: PageRequest,
  ) {}
}

/** What stands there by a deferral alone is not the person's for now, so it is in no question about them. */
const SQL = `SELECT * FROM duty
  WHERE person = :person AND deferral IS NULL
    AND (:institution IS NULL OR institution = :institution OR debtor = :debtor)
    AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
    AND (:hidden IS NULL
      OR EXISTS (SELECT 1 FROM json_each(items) AS one WHERE one.value NOT IN (SELECT value FROM json_each(:hidden)))
      OR (items = '[]' AND :whole))
    AND (state = :state OR (:state IS NULL AND state <> 'done'))
    AND ${AS_VALID} AND ${AS_KNOWN} AND (due, id, n) > (:due, :id, :n)
  ORDER BY due, id, n LIMIT :limit`;

@QueryHandler(PersonDutiesQuery)
export class PersonDutiesHandler implements IQueryHandler<PersonDutiesQuery> {
  constructor(
    private readonly reader: Reader,
    private readonly catalogues: Catalogues,
  ) {}

  async execute({ person, state, caller, page }: PersonDutiesQuery): Promise<Page<PersonDutiesRow>> {
    this.reader.mustKnow(person);
    const sight = await sightOf(this.reader, person, caller);
    const [due = Number.MIN_SAFE_INTEGER, id = '', n = -1] = page.from ?? [];
    const { validMs: valid, knownMs: known, limit } = page;
    const place = { due, id, n, limit: limit + 1 };
    const seen = parametersOf(sight);
    const found = this.reader.rows(SQL, { person, state: state ?? null, valid, known, ...place, ...seen });
    const catalogue = await this.catalogues.current();
    const shown = found.slice(0, limit);
    const rows = await Promise.all(shown.map((row) => this.view(person, row, sight, page, catalogue)));
    const last = shown.at(-1);
    const more = found.length > limit && last;
    return {
      rows,
      next: more ? [last['due'] as number, last['id'] as string, last['n'] as number] : undefined,
    };
  }

  private async view(
    person: PersonId,
    row: SqlRow,
    sight: Sight,
    { knownMs }: PageRequest,
    catalogue: Catalogue,
  ): Promise<PersonDutiesRow> {
    const text = (column: string) => row[column] as string;
    const items = (JSON.parse(text('items')) as string[]).filter((item) => !isHidden(item, sight));
    const [recipient, deadline] = [row['recipient'] as string | null, row['deadline'] as string | null];
    return {
      kind: text('kind'),
      text: dutyText(text('kind'), catalogue),
      state: row['state'] as DutyState,
      debtor: await this.reader.holder(person, text('debtor')),
      recipient: recipient === null ? null : await this.reader.holder(person, recipient),
      items: await Promise.all(items.map((item) => this.item(person, item, knownMs))),
      about: text('about'),
      id: text('id'),
      deadline: deadline === null ? null : (JSON.parse(deadline) as Effective),
      standing: row['standing'] === 1,
      since: dayOf(instantOf(row['since'] as number)),
    };
  }

  private async item(person: PersonId, item: string, knownMs: number): Promise<OwedItem> {
    return { item, label: (await this.reader.label(person, item, knownMs))?.text ?? null };
  }
}

function parametersOf(sight: Sight) {
  const all = { institution: null, debtor: null, kinds: null, hidden: null, whole: 1 };
  switch (sight.kind) {
    case 'everything':
      return all;
    case 'own':
      return { ...all, institution: sight.institution, debtor: sight.debtor };
    case 'told': {
      const hidden = sight.hidden === undefined ? null : JSON.stringify([...sight.hidden]);
      return { ...all, kinds: JSON.stringify(TOLD_KINDS), hidden, whole: sight.whole ? 1 : 0 };
    }
  }
}

function isHidden(item: string, sight: Sight): boolean {
  return sight.kind === 'told' && sight.hidden?.has(item) === true;
}

const QUESTION: Question = {
  name: 'person-duties',
  key: ['ms', 'text', 'count'],
  columns: [
    'kind',
    'text.fr',
    'text.en',
    'state',
    ...holderColumns('debtor'),
    ...holderColumns('recipient'),
    'items',
    'about',
    'id',
    'deadline',
    'standing',
    'since',
  ],
};

@Controller('v1/persons/:person/duties')
export class PersonDutiesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
  ) {}

  @Get()
  @Asking('What is owed to this person and about them, by whom and by when.', PersonDutiesRow)
  @Callers('mandate', 'person', 'client')
  ask(@PersonParam() person: PersonId, @Query() request: PersonDutiesRequest, @CallerOf() caller: Actor) {
    const look = consulting(this.reader.ledger, caller, person, request, { question: 'duties' });
    return respond(
      this.reader,
      { question: QUESTION, of: person, request },
      (page) =>
        this.queries.execute<PersonDutiesQuery, Page<PersonDutiesRow>>(
          new PersonDutiesQuery(person, request.state, caller, page),
        ),
      look,
    );
  }
}
