import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor } from '#decider';
import type { InstitutionId } from '#directory';
import { Asking, CallerOf, Callers, IdParam, notFound, problemOf, when, When } from '#http';
import { Searches, type Recipient } from '#person';
import { AS_KNOWN, type SqlRow } from '#read-store';
import { dayOf, endMs, instantOf, rejectInverted, startMs } from '#time';
import { ACT_COLUMNS } from '../act-codes.js';
import { ACT_CODES, ActCodes, actCodesOf } from '../act-codes.query.js';
import { PersonQuestionRequest } from '../consultations/consulting.request.js';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';

/** One disclosure in an institution's register (GDPR article 30 style): pseudonymous, codes only. */
export class RegisterRow extends ActCodes {
  @ApiProperty({ type: String })
  readonly disclosure!: string;
  @ApiProperty({ enum: ['in', 'out', 'within'] })
  readonly direction!: 'in' | 'out' | 'within';
  @ApiProperty({ type: String })
  readonly person!: string;
  @ApiProperty({ type: String })
  readonly on!: string;
  @ApiProperty({ type: Object, nullable: true })
  readonly discloser!: Recipient | null;
  @ApiProperty({ type: [Object] })
  readonly recipients!: readonly Recipient[];
  @ApiProperty({ type: [String] })
  readonly items!: readonly string[];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'By which deferral alone this stands here: the person is not told of it for now.',
  })
  readonly deferral!: string | null;
}

export class RegisterRequest extends PersonQuestionRequest {
  @When({ optional: true, description: 'First day of the period.' }) from?: string;
  @When({ optional: true, description: 'Last day of the period.' }) to?: string;
}

export class RegisterQuery {
  constructor(
    readonly institution: InstitutionId,
    readonly fromMs: number,
    readonly toMs: number,
    readonly page: PageRequest,
  ) {}
}

const CODES = Object.keys(ACT_COLUMNS).join(', ');
const SQL = `SELECT disclosure, direction, person, effective_from, discloser, recipients, items, deferral, ${CODES}
  FROM register
  WHERE institution = :institution AND (effective_from, disclosure) > (:effective, :disclosure)
    AND effective_from <= :until AND ${AS_KNOWN}
  ORDER BY effective_from, disclosure LIMIT :limit`;

@QueryHandler(RegisterQuery)
export class RegisterHandler implements IQueryHandler<RegisterQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ institution, fromMs, toMs, page }: RegisterQuery): Promise<Page<RegisterRow>> {
    if (this.reader.institutionName(institution) === null) throw notFound();
    // One bound below: with a second one SQLite seeks from that, and every page reads those before it again.
    const [effective = fromMs, disclosure = ''] = page.from ?? [];
    const { validMs, knownMs: known, limit } = page;
    const until = Math.min(validMs, toMs - 1);
    const bounds = { institution, effective, disclosure, until, known };
    const found = this.reader.rows(SQL, { ...bounds, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const more = found.length > limit && last;
    return {
      rows: shown.map(view),
      next: more ? [last['effective_from'] as number, last['disclosure'] as string] : undefined,
    };
  }
}

function view(row: SqlRow): RegisterRow {
  return {
    disclosure: row['disclosure'] as string,
    direction: row['direction'] as RegisterRow['direction'],
    person: row['person'] as string,
    on: dayOf(instantOf(row['effective_from'] as number)),
    discloser: row['discloser'] === null ? null : (JSON.parse(row['discloser'] as string) as Recipient),
    recipients: JSON.parse(row['recipients'] as string) as Recipient[],
    items: JSON.parse(row['items'] as string) as string[],
    deferral: row['deferral'] as string | null,
    ...actCodesOf(row),
  };
}

const QUESTION: Question = {
  name: 'register',
  key: ['ms', 'text'],
  columns: [
    'disclosure',
    'direction',
    'person',
    'on',
    'discloser.kind',
    'discloser.mandate',
    'discloser.outsider',
    'discloser.institution',
    'discloser.function',
    'recipients',
    'items',
    'deferral',
    ...ACT_CODES,
  ],
};

@Controller('v1/institutions/:institution/register')
export class RegisterController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
    private readonly searches: Searches,
  ) {}

  @Get()
  @Asking('Every disclosure of an institution in a period: made, received, or within it.', RegisterRow)
  @Callers('mandate', 'client')
  ask(
    @IdParam('institution') institution: InstitutionId,
    @Query() request: RegisterRequest,
    @CallerOf() caller: Actor,
  ) {
    this.reader.mustBeOf(caller, institution);
    const [from, to] = [request.from, request.to].map((day) => (day === undefined ? undefined : when(day)));
    const inverted = from && rejectInverted('to', from, to);
    if (inverted) throw problemOf(inverted.rejection);
    const fromMs = from ? startMs(from) : Number.MIN_SAFE_INTEGER;
    const toMs = to ? endMs(to) : Number.MAX_SAFE_INTEGER;
    return respond(
      this.reader,
      { question: QUESTION, of: institution, request },
      (page) =>
        this.queries.execute<RegisterQuery, Page<RegisterRow>>(
          new RegisterQuery(institution, fromMs, toMs, page),
        ),
      (rows) => this.searches.record(caller, request, { question: 'register', institution }, rows),
    );
  }
}
