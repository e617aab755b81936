import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type Actor } from '#decider';
import { Asking, CallerOf, Callers, notFound, OneOf, PersonParam, problem, problemOf, Uuid } from '#http';
import { personFold, personStream, unknownReference, type PersonId } from '#person';
import { dayOf, instantOf } from '#time';
import { edgesAt } from '../edges-at.query.js';
import { ACT_CODES, ActCodes, actCodesOf } from '../act-codes.query.js';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { consulting } from '#person';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import { holderColumns, HolderView, Reader } from '../reader.query.js';
import { Names } from '../names.query.js';
import { respond } from '../respond.query.js';
import { walk, type Hop, type TrailStart } from './walk.js';

/** One hop of a trail. Rows come nearest to the start first. */
export class TrailRow extends ActCodes {
  @ApiProperty({ type: Number })
  readonly hop!: number;
  @ApiProperty({ type: String })
  readonly item!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly label!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null at an origin: the holder learnt it by themselves, see `source`.',
  })
  readonly disclosure!: string | null;
  @ApiProperty({ type: () => HolderView, nullable: true })
  readonly from!: HolderView | null;
  @ApiProperty({ type: () => HolderView })
  readonly to!: HolderView;
  @ApiProperty({ type: String, description: 'Day on which it took effect, Paris.' })
  readonly on!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly source!: string | null;
}

export class TrailRequest extends PersonQuestionRequest {
  @Uuid({ optional: true, description: 'Start at this item; name an item or a disclosure.' }) item?: string;
  @Uuid({ optional: true, description: 'Start at this disclosure.' }) disclosure?: string;
  @OneOf(['forward', 'backward'], { optional: true, description: 'Where it went, or where it came from.' })
  direction?: 'forward' | 'backward';
}

export class TrailQuery {
  constructor(
    readonly person: PersonId,
    readonly start: TrailStart,
    readonly page: PageRequest,
  ) {}
}

@QueryHandler(TrailQuery)
export class TrailHandler implements IQueryHandler<TrailQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ person, start, page }: TrailQuery): Promise<Page<TrailRow>> {
    this.reader.mustKnow(person);
    await this.mustBegin(person, start);
    const hops = walk(edgesAt(this.reader, person, page, start.item), start);
    const first = Number(page.from?.[0] ?? 0);
    const shown = hops.slice(first, first + page.limit);
    const names = new Names(this.reader, person, page.knownMs);
    const rows = await Promise.all(shown.map((hop) => this.view(hop, names)));
    return { rows, next: first + page.limit < hops.length ? [first + page.limit] : undefined };
  }

  /** @throws Problem that names the field, for an item or a disclosure that is not this person's */
  private async mustBegin(person: PersonId, { item, disclosure }: TrailStart): Promise<void> {
    const sql = `SELECT 1 FROM edge WHERE person = ? AND ${item ? 'item' : 'disclosure'} = ? LIMIT 1`;
    if (this.reader.rows(sql, person, item ?? disclosure ?? null).length > 0) return;
    // An act without items or recipients has no edges, and is there.
    const { state } = await this.reader.ledger.load(personStream(person), personFold);
    if (state.status !== 'active') throw notFound();
    if (item && !state.items.has(asId<'Item'>(item)))
      throw problemOf(unknownReference('item', 'item of this person').rejection);
    if (disclosure && !state.acts.has(asId<'Disclosure'>(disclosure)))
      throw problemOf(unknownReference('disclosure', 'disclosure about this person').rejection);
  }

  private async view({ hop, edge }: Hop, names: Names): Promise<TrailRow> {
    // Before anything is waited for: a rebuild gives rows other numbers.
    const [row] = this.reader.rows('SELECT * FROM edge WHERE rowid = ?', edge.row);
    const label = await names.label(edge.item);
    return {
      hop,
      item: edge.item,
      label: label?.text ?? null,
      disclosure: edge.disclosure,
      from: edge.from === null ? null : await names.holder(edge.from),
      to: await names.holder(edge.to),
      on: dayOf(instantOf(row!['valid_from'] as number)),
      ...actCodesOf(row!),
      source: row!['source'] as string | null,
    };
  }
}

const QUESTION: Question = {
  name: 'trail',
  key: ['count'],
  columns: [
    'hop',
    'item',
    'label',
    'disclosure',
    ...holderColumns('from'),
    ...holderColumns('to'),
    'on',
    ...ACT_CODES,
    'source',
  ],
};

@Controller('v1/persons/:person/trail')
export class TrailController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
  ) {}

  @Get()
  @Asking(
    'The path of one item or one disclosure, forward (where it went) or backward (where it came from).',
    TrailRow,
  )
  @Callers('mandate', 'person', 'client')
  ask(@PersonParam() person: PersonId, @Query() request: TrailRequest, @CallerOf() caller: Actor) {
    const { item, disclosure, direction = 'forward' } = request;
    if ((item === undefined) === (disclosure === undefined)) throw startProblem();
    const start = { direction, ...(item ? { item } : { disclosure: disclosure! }) };
    const asked = { question: 'trail', about: (item ?? disclosure)! };
    const look = consulting(this.reader.ledger, caller, person, request, asked);
    return respond(
      this.reader,
      { question: QUESTION, of: person, request },
      (page) => this.queries.execute<TrailQuery, Page<TrailRow>>(new TrailQuery(person, start, page)),
      look,
    );
  }
}

function startProblem() {
  const [detail, remedy] = ['A trail starts at one thing.', 'Name either an item or a disclosure.'];
  return problem(400, 'bad-request', detail, remedy, { errors: [{ field: 'item', detail, remedy }] });
}
