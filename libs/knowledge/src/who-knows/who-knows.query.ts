import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor } from '#decider';
import { Asking, CallerOf, Callers, PersonParam } from '#http';
import type { PersonId } from '#person';
import { AS_KNOWN, AS_VALID, type SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';
import { edgesAt } from '../edges-at.query.js';
import { disclosuresOf, groupedBy, shortestChains, type Chain, type EdgeView } from '../graph.js';
import type { Moment, Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { consulting } from '#person';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import { holderColumns, HolderView, Reader } from '../reader.query.js';
import { Names } from '../names.query.js';
import { respond } from '../respond.query.js';
import { STATUSES, type Status } from './stretches.js';

/** One holder's knowledge of one item at one date pair. */
export class WhoKnowsRow {
  @ApiProperty({ type: String })
  readonly item!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly label!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly category!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly level!: string | null;
  @ApiProperty({ type: () => HolderView })
  readonly holder!: HolderView;
  @ApiProperty({ enum: STATUSES })
  readonly status!: Status;
  @ApiProperty({ type: String, description: 'Day on which the holder came to know, Paris.' })
  readonly since!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly purpose!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Provision of the catalogue, or `consent`; null where none is known, or the holder learnt it by themselves.',
  })
  readonly basis!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Last day of keeping; null where none was set.' })
  readonly until!: string | null;
  @ApiProperty({ type: [String], description: 'Every disclosure that brought the item to this holder.' })
  readonly through!: readonly string[];
  @ApiProperty({
    type: Number,
    description:
      'How many disclosures lie between the origin and this holder, by the shortest chain; 0 at the origin.',
  })
  readonly hops!: number;
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    description: 'For each way in, the shortest chain of disclosures from the origin.',
  })
  readonly chains!: readonly (readonly string[])[];
}

export class WhoKnowsQuery {
  constructor(
    readonly person: PersonId,
    readonly page: PageRequest,
  ) {}
}

const SQL = `SELECT item, holder, status, since, purpose, basis, until FROM knowledge
  WHERE person = :person AND ${AS_VALID} AND ${AS_KNOWN} AND (item, holder) > (:item, :holder)
  ORDER BY item, holder LIMIT :limit`;

@QueryHandler(WhoKnowsQuery)
export class WhoKnowsHandler implements IQueryHandler<WhoKnowsQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ person, page }: WhoKnowsQuery): Promise<Page<WhoKnowsRow>> {
    this.reader.mustKnow(person);
    const [item = '', holder = ''] = page.from ?? [];
    const { validMs: valid, knownMs: known, limit } = page;
    const found = this.reader.rows(SQL, { person, valid, known, item, holder, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const ways = new WaysIn(this.reader, person, page);
    const names = new Names(this.reader, person, known);
    const rows = await Promise.all(shown.map((row) => this.view(row, ways, names)));
    const last = shown.at(-1);
    const next =
      found.length > limit && last ? [last['item'] as string, last['holder'] as string] : undefined;
    return { rows, next };
  }

  private async view(row: SqlRow, ways: WaysIn, names: Names): Promise<WhoKnowsRow> {
    const [item, key] = [row['item'] as string, row['holder'] as string];
    const label = await names.label(item);
    const until = row['until'] as number | null;
    return {
      item,
      label: label?.text ?? null,
      category: label?.category ?? null,
      level: label?.level ?? null,
      holder: await names.holder(key),
      status: row['status'] as Status,
      since: dayOf(instantOf(row['since'] as number)),
      purpose: row['purpose'] as string | null,
      basis: row['basis'] as string | null,
      until: until === null ? null : dayOf(instantOf(until - 1)),
      ...ways.to(item, key),
    };
  }
}

type Way = readonly [EdgeView, Chain];

/** Chains of the items on one page, read once per item, by the holder whom they lead to. */
class WaysIn {
  private readonly items = new Map<string, ReadonlyMap<string, readonly Way[]>>();

  constructor(
    private readonly reader: Reader,
    private readonly person: string,
    private readonly moment: Moment,
  ) {}

  to(item: string, holder: string): Pick<WhoKnowsRow, 'through' | 'hops' | 'chains'> {
    const ways = this.waysOf(item).get(holder) ?? [];
    const told = ways.filter(([{ disclosure }]) => disclosure !== null);
    return {
      through: told.map(([{ disclosure }]) => disclosure!),
      hops: Math.min(...ways.map(([, chain]) => chain.length)),
      chains: told.map(([, chain]) => disclosuresOf(chain)),
    };
  }

  private waysOf(item: string): ReadonlyMap<string, readonly Way[]> {
    let ways = this.items.get(item);
    if (!ways) {
      const chains = shortestChains(edgesAt(this.reader, this.person, this.moment, item));
      ways = groupedBy(chains, ([edge]) => edge.to);
      this.items.set(item, ways);
    }
    return ways;
  }
}

const QUESTION: Question = {
  name: 'who-knows',
  key: ['text', 'text'],
  columns: [
    'item',
    'label',
    'category',
    'level',
    ...holderColumns('holder'),
    'status',
    'since',
    'purpose',
    'basis',
    'until',
    'through',
    'hops',
    'chains',
  ],
};

@Controller('v1/persons/:person/who-knows')
export class WhoKnowsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
  ) {}

  @Get()
  @Asking(
    'Who knows what about this person, for what purpose, on what basis, until when, and by which path.',
    WhoKnowsRow,
  )
  @Callers('mandate', 'person', 'client')
  ask(@PersonParam() person: PersonId, @Query() request: PersonQuestionRequest, @CallerOf() caller: Actor) {
    const look = consulting(this.reader.ledger, caller, person, request, { question: 'who-knows' });
    return respond(
      this.reader,
      { question: QUESTION, of: person, request },
      (page) => this.queries.execute<WhoKnowsQuery, Page<WhoKnowsRow>>(new WhoKnowsQuery(person, page)),
      look,
    );
  }
}
