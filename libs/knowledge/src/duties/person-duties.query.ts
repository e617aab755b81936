import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Catalogues, type Catalogue } from '#catalogue';
import type { Actor } from '#decider';
import { Asking, CallerOf, Callers, OneOf, PersonParam } from '#http';
import { consulting, type PersonId } from '#person';
import type { SqlRow } from '#read-store';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import type { Question } from '../cursor.request.js';
import type { Page, PageRequest } from '../moment.request.js';
import { holderColumns, HolderView, Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';
import { DUTY_STATES, type DutyState } from './duties.projection.js';
import { owedPage, OwedView, owedView } from './owed.query.js';
import { sightOf, type Sight } from './sight.query.js';
import { TOLD_KINDS } from './texts.js';

class OwedItem {
  @ApiProperty({ type: String })
  readonly item!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly label!: string | null;
}

/** Something that somebody owes the person, or owes about them. */
export class PersonDutiesRow extends OwedView {
  @ApiProperty({ type: () => HolderView })
  readonly debtor!: HolderView;
  @ApiProperty({ type: () => HolderView, nullable: true, description: 'The recipient that it is about.' })
  readonly recipient!: HolderView | null;
  @ApiProperty({ type: () => [OwedItem] })
  readonly items!: readonly OwedItem[];
  @ApiProperty({ enum: ['disclosure', 'notice', 'objection', 'access-request'] })
  readonly about!: string;
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
const SEEN = `person = :person AND deferral IS NULL
  AND (:institution IS NULL OR institution = :institution OR debtor = :debtor)
  AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
  AND (:hidden IS NULL
    OR EXISTS (SELECT 1 FROM json_each(items) AS one WHERE one.value NOT IN (SELECT value FROM json_each(:hidden)))
    OR (items = '[]' AND :whole))`;

@QueryHandler(PersonDutiesQuery)
export class PersonDutiesHandler implements IQueryHandler<PersonDutiesQuery> {
  constructor(
    private readonly reader: Reader,
    private readonly catalogues: Catalogues,
  ) {}

  async execute({ person, state, caller, page }: PersonDutiesQuery): Promise<Page<PersonDutiesRow>> {
    this.reader.mustKnow(person);
    const sight = await sightOf(this.reader, person, caller);
    const found = owedPage(this.reader, [SEEN], { person, ...parametersOf(sight) }, state, page);
    const catalogue = await this.catalogues.current();
    const rows = await Promise.all(found.rows.map((row) => this.view(person, row, sight, page, catalogue)));
    return { rows, next: found.next };
  }

  private async view(
    person: PersonId,
    row: SqlRow,
    sight: Sight,
    page: PageRequest,
    catalogue: Catalogue,
  ): Promise<PersonDutiesRow> {
    const text = (column: string) => row[column] as string;
    const items = (JSON.parse(text('items')) as string[]).filter((item) => !isHidden(item, sight));
    const recipient = row['recipient'] as string | null;
    return {
      ...owedView(row, page, catalogue),
      debtor: await this.reader.holder(person, text('debtor')),
      recipient: recipient === null ? null : await this.reader.holder(person, recipient),
      items: await Promise.all(items.map((item) => this.item(person, item, page.knownMs))),
      about: text('about'),
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
