import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Asking, Callers, OneOf, PersonParam, problem, Uuid } from '#http';
import type { PersonId } from '#person';
import { dayOf, instantOf } from '#time';
import { edgesAt } from '../edges-at.query.js';
import { fromOf, outgoingOf, rootsOf, type EdgeView } from '../graph.js';
import { QuestionRequest, type Page, type PageRequest } from '../moment.request.js';
import { holderColumns, HolderView, Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';

/** One hop of a trail. Rows come nearest to the start first. */
export class TrailRow {
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
  readonly purpose!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly basis!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly restsOn!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly frame!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly channel!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly until!: string | null;
  @ApiProperty({ type: Boolean, description: 'Told afterwards, not decided here.' })
  readonly reported!: boolean;
  @ApiProperty({ type: String, nullable: true })
  readonly source!: string | null;
}

export class TrailRequest extends QuestionRequest {
  @Uuid({ optional: true, description: 'Start at this item; name an item or a disclosure.' }) item?: string;
  @Uuid({ optional: true, description: 'Start at this disclosure.' }) disclosure?: string;
  @OneOf(['forward', 'backward'], { optional: true, description: 'Where it went, or where it came from.' })
  direction?: 'forward' | 'backward';
}

export interface TrailStart {
  readonly item?: string;
  readonly disclosure?: string;
  readonly direction: 'forward' | 'backward';
}

export class TrailQuery {
  constructor(
    readonly person: PersonId,
    readonly start: TrailStart,
    readonly page: PageRequest,
  ) {}
}

interface Hop {
  readonly hop: number;
  readonly edge: EdgeView;
}

@QueryHandler(TrailQuery)
export class TrailHandler implements IQueryHandler<TrailQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ person, start, page }: TrailQuery): Promise<Page<TrailRow>> {
    this.reader.mustKnow(person);
    const hops = walk(edgesAt(this.reader, person, page, start.item), start);
    const first = Number(page.from?.[0] ?? 0);
    const shown = hops.slice(first, first + page.limit);
    const rows = await Promise.all(shown.map((hop) => this.view(person, hop, page.knownMs)));
    return { rows, next: first + page.limit < hops.length ? [first + page.limit] : undefined };
  }

  private async view(person: string, { hop, edge }: Hop, knownMs: number): Promise<TrailRow> {
    const label = await this.reader.label(person, edge.item, knownMs);
    return {
      hop,
      item: edge.item,
      label: label?.text ?? null,
      disclosure: edge.disclosure,
      from: edge.from === null ? null : await this.reader.holder(person, edge.from),
      to: await this.reader.holder(person, edge.to),
      on: dayOf(instantOf(edge.effectiveMs)),
      purpose: edge.purpose,
      basis: edge.basis,
      restsOn: edge.restsOn,
      frame: edge.frame,
      channel: edge.channel,
      until: edge.untilMs === null ? null : dayOf(instantOf(edge.untilMs - 1)),
      reported: edge.reported,
      source: edge.source,
    };
  }
}

/** Breadth first, so that the nearest hops come first and a circle is walked once. */
export function walk(edges: readonly EdgeView[], start: TrailStart): readonly Hop[] {
  const backward = start.direction === 'backward';
  const next = backward ? incomingOf(edges) : outgoingOf(edges);
  const far = backward ? fromOf : (edge: EdgeView) => edge.to;
  const queue: Hop[] = startsOf(edges, start).map((edge) => ({ hop: 1, edge }));
  const seen = new Set(queue.map(({ edge }) => edge));
  for (let i = 0; i < queue.length; i++) {
    const { hop, edge } = queue[i]!;
    for (const following of next.get(far(edge)) ?? []) {
      if (following.item !== edge.item || seen.has(following) || following === edge) continue;
      seen.add(following);
      queue.push({ hop: hop + 1, edge: following });
    }
  }
  return queue;
}

/** From a disclosure: its own passings. From an item: where its chains begin, or where they end. */
function startsOf(edges: readonly EdgeView[], start: TrailStart): readonly EdgeView[] {
  if (start.disclosure) return edges.filter((edge) => edge.disclosure === start.disclosure);
  const givers = new Set(edges.filter((edge) => edge.disclosure !== null).map(fromOf));
  if (start.direction === 'backward') return edges.filter((edge) => !givers.has(edge.to));
  const roots = new Set(rootsOf(edges));
  const origins = edges.filter((edge) => edge.disclosure === null);
  const unexplained = edges.filter((edge) => edge.disclosure !== null && roots.has(fromOf(edge)));
  const explained = new Set(origins.map((edge) => edge.to));
  return [...origins, ...unexplained.filter((edge) => !explained.has(fromOf(edge)))];
}

function incomingOf(edges: readonly EdgeView[]): ReadonlyMap<string, readonly EdgeView[]> {
  const incoming = new Map<string, EdgeView[]>();
  for (const edge of edges) incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge]);
  return incoming;
}

/** Of the CSV. */
const COLUMNS = [
  'hop',
  'item',
  'label',
  'disclosure',
  ...holderColumns('from'),
  ...holderColumns('to'),
  'on',
  'purpose',
  'basis',
  'restsOn',
  'frame',
  'channel',
  'until',
  'reported',
  'source',
];

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
  ask(@PersonParam() person: PersonId, @Query() request: TrailRequest) {
    const { item, disclosure, direction = 'forward' } = request;
    if ((item === undefined) === (disclosure === undefined)) throw startProblem();
    const start = { direction, ...(item ? { item } : { disclosure: disclosure! }) };
    return respond(this.reader, request, COLUMNS, (page) =>
      this.queries.execute<TrailQuery, Page<TrailRow>>(new TrailQuery(person, start, page)),
    );
  }
}

function startProblem() {
  const [detail, remedy] = ['A trail starts at one thing.', 'Name either an item or a disclosure.'];
  return problem(400, 'bad-request', detail, remedy, { errors: [{ field: 'item', detail, remedy }] });
}
