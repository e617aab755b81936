import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Text as Words } from '#catalogue';
import type { Actor } from '#decider';
import { Asking, CallerOf, Callers, OneOf, Uuid } from '#http';
import { Searches } from '#person';
import type { SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { reachOf, type Reach } from '../reach.query.js';
import { Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';
import { FINDING_RULES, RULE_CODES, SEVERITIES, type FindingRule, type Severity } from './rules.js';

const TREATMENTS = ['open', 'explained', 'corrected', 'accepted'] as const;
type Treated = (typeof TREATMENTS)[number];

class Sentence {
  @ApiProperty({ type: String })
  readonly fr!: string;
  @ApiProperty({ type: String })
  readonly en!: string;
}

class FoundFact {
  @ApiProperty({ type: String })
  readonly kind!: string;
  @ApiProperty({ type: String })
  readonly id!: string;
}

/** A rule that recorded facts break. The person is pseudonymous. */
export class FindingsRow {
  @ApiProperty({ type: String })
  readonly id!: string;
  @ApiProperty({ enum: RULE_CODES })
  readonly rule!: FindingRule;
  @ApiProperty({ type: () => Sentence })
  readonly text!: Words;
  @ApiProperty({ enum: SEVERITIES })
  readonly severity!: Severity;
  @ApiProperty({ enum: TREATMENTS })
  readonly state!: Treated;
  @ApiProperty({ type: String })
  readonly person!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly institution!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly disclosure!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly item!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Key of the holder that it is about.' })
  readonly holder!: string | null;
  @ApiProperty({ type: () => [FoundFact] })
  readonly facts!: readonly FoundFact[];
  @ApiProperty({ type: String, description: 'Day since which it is so, Paris.' })
  readonly since!: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'When the record first showed it.' })
  readonly firstSeen!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'By which deferral alone this stands here: the person is not told of it for now.',
  })
  readonly deferral!: string | null;
}

export class FindingsRequest extends PersonQuestionRequest {
  @OneOf(RULE_CODES, { optional: true }) rule?: FindingRule;
  @OneOf(SEVERITIES, { optional: true }) severity?: Severity;
  @OneOf(TREATMENTS, { optional: true }) state?: Treated;
  @Uuid({ optional: true, description: 'A mandate sees those of its own institution only.' })
  institution?: string;
  @Uuid({ optional: true }) person?: string;
}

type Asked = Pick<FindingsRequest, 'rule' | 'severity' | 'state' | 'institution' | 'person'>;

export class FindingsQuery {
  constructor(
    readonly asked: Asked,
    readonly reach: Reach,
    readonly page: PageRequest,
  ) {}
}

/** Only what is asked for is said, so that an institution’s are looked up. What bears one id is found in one scope. */
const sql = (asked: string) => `SELECT * FROM (
    SELECT f.*, (SELECT MIN(recorded_from) FROM finding e
        WHERE e.person = f.person AND e.about = f.about AND e.id = f.id) AS first_seen,
      COALESCE((SELECT treatment FROM treatment t WHERE t.finding = f.id AND t.valid_from <= :valid
        AND t.recorded_from <= :known AND t.recorded_to > :known LIMIT 1), 'open') AS state
    FROM finding f
    WHERE f.valid_from <= :valid AND f.valid_to > :valid AND f.recorded_from <= :known AND f.recorded_to > :known
      AND (:rule IS NULL OR rule = :rule) AND (:severity IS NULL OR severity = :severity)
      AND (f.valid_from, f.id) > (:from, :id)${asked})
  WHERE :state IS NULL OR state = :state
  ORDER BY valid_from, id LIMIT :limit`;

@QueryHandler(FindingsQuery)
export class FindingsHandler implements IQueryHandler<FindingsQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ asked, reach, page }: FindingsQuery): Promise<Page<FindingsRow>> {
    const { rule = null, severity = null, state = null } = asked;
    const [from = Number.MIN_SAFE_INTEGER, id = ''] = page.from ?? [];
    const { validMs: valid, knownMs: known, limit } = page;
    const named = {
      ...(reach.institution === null ? {} : { own: reach.institution }),
      ...(asked.institution === undefined ? {} : { institution: asked.institution }),
      ...(asked.person === undefined ? {} : { person: asked.person }),
    };
    const found = this.reader.rows(sql(conditionsOf(named)), {
      ...named,
      rule,
      severity,
      state,
      valid,
      known,
      from,
      id,
      limit: limit + 1,
    });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const more = found.length > limit && last;
    return {
      rows: shown.map(view),
      next: more ? [last['valid_from'] as number, last['id'] as string] : undefined,
    };
  }
}

function conditionsOf(named: object): string {
  const columns = { own: 'institution', institution: 'institution', person: 'person' };
  return Object.entries(columns)
    .filter(([name]) => name in named)
    .map(([name, column]) => ` AND f.${column} = :${name}`)
    .join('');
}

function view(row: SqlRow): FindingsRow {
  const orNull = (column: string) => row[column] as string | null;
  const rule = row['rule'] as FindingRule;
  const { fr, en } = FINDING_RULES[rule];
  return {
    id: row['id'] as string,
    rule,
    text: { fr, en },
    severity: row['severity'] as Severity,
    state: row['state'] as Treated,
    person: row['person'] as string,
    institution: orNull('institution'),
    disclosure: orNull('disclosure'),
    item: orNull('item'),
    holder: orNull('holder'),
    facts: JSON.parse(row['facts'] as string) as FoundFact[],
    since: dayOf(instantOf(row['valid_from'] as number)),
    firstSeen: instantOf(row['first_seen'] as number),
    deferral: orNull('deferral'),
  };
}

const QUESTION: Question = {
  name: 'findings',
  key: ['ms', 'text'],
  columns: [
    'id',
    'rule',
    'text.fr',
    'text.en',
    'severity',
    'state',
    'person',
    'institution',
    'disclosure',
    'item',
    'holder',
    'facts',
    'since',
    'firstSeen',
    'deferral',
  ],
};

@Controller('v1/findings')
export class FindingsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
    private readonly searches: Searches,
  ) {}

  @Get()
  @Asking('Rules of compliance that recorded facts break, and what became of each finding.', FindingsRow)
  @Callers('mandate', 'client')
  ask(@Query() request: FindingsRequest, @CallerOf() caller: Actor) {
    const reach = () => reachOf(this.reader, caller, request.institution);
    return respond(
      this.reader,
      { question: QUESTION, request },
      (page) =>
        this.queries.execute<FindingsQuery, Page<FindingsRow>>(new FindingsQuery(request, reach(), page)),
      (rows) =>
        this.searches.record(caller, request, { question: 'findings', institution: reach().asked }, rows),
    );
  }
}
