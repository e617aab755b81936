import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor } from '#decider';
import { Asking, CallerOf, Callers, PersonParam } from '#http';
import { REASON_CODES, REASONS, type PersonId, type Reason } from '#person';
import { AS_KNOWN, type SqlRow } from '#read-store';
import { instantOf } from '#time';
import type { Page, PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { holderColumns, HolderView, Reader } from '../reader.query.js';
import { Names } from '../names.query.js';
import { respond } from '../respond.query.js';
import { consulting } from '#person';
import { PersonQuestionRequest } from './consulting.request.js';

class ReasonLabel {
  @ApiProperty({ type: String })
  readonly fr!: string;
  @ApiProperty({ type: String })
  readonly en!: string;
}

/** One look at the person's ledger. The same look within the hour is not told twice. */
export class ConsultationsRow {
  @ApiProperty({ type: String })
  readonly event!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ type: () => HolderView, description: 'Under which mandate; `client:<name>` for a program.' })
  readonly by!: HolderView;
  @ApiProperty({ enum: REASON_CODES })
  readonly reason!: Reason;
  @ApiProperty({ type: () => ReasonLabel })
  readonly reasonLabel!: ReasonLabel;
  @ApiProperty({ type: String, description: 'Which question was asked.' })
  readonly question!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The item or disclosure that it was about.' })
  readonly about!: string | null;
}

export class ConsultationsQuery {
  constructor(
    readonly person: PersonId,
    readonly page: PageRequest,
  ) {}
}

const SQL = `SELECT * FROM consultation
  WHERE person = :person AND effective_from <= :valid AND ${AS_KNOWN}
    AND (effective_from, revision, event) > (:effective, :revision, :event)
  ORDER BY effective_from, revision, event LIMIT :limit`;

@QueryHandler(ConsultationsQuery)
export class ConsultationsHandler implements IQueryHandler<ConsultationsQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ person, page }: ConsultationsQuery): Promise<Page<ConsultationsRow>> {
    this.reader.mustKnow(person);
    const [effective = Number.MIN_SAFE_INTEGER, revision = -1, event = ''] = page.from ?? [];
    const { validMs: valid, knownMs: known, limit } = page;
    const from = { effective, revision, event };
    const found = this.reader.rows(SQL, { person, valid, known, ...from, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const names = new Names(this.reader, person, known);
    const rows = await Promise.all(shown.map((row) => this.view(row, names)));
    const last = shown.at(-1);
    const more = found.length > limit && last;
    const next = more
      ? [last['effective_from'] as number, last['revision'] as number, last['event'] as string]
      : undefined;
    return { rows, next };
  }

  private async view(row: SqlRow, names: Names): Promise<ConsultationsRow> {
    const reason = row['reason'] as Reason;
    return {
      event: row['event'] as string,
      at: instantOf(row['effective_from'] as number),
      by: await names.holder(`${String(row['by_kind'])}:${String(row['by_id'])}`),
      reason,
      reasonLabel: REASONS[reason],
      question: row['question'] as string,
      about: row['about'] as string | null,
    };
  }
}

const QUESTION: Question = {
  name: 'consultations',
  key: ['ms', 'count', 'text'],
  columns: [
    'event',
    'at',
    ...holderColumns('by'),
    'reason',
    'reasonLabel.fr',
    'reasonLabel.en',
    'question',
    'about',
  ],
};

@Controller('v1/persons/:person/consultations')
export class ConsultationsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
  ) {}

  @Get()
  @Asking(
    'Who looked at what is recorded about this person, when, under which mandate, and why.',
    ConsultationsRow,
  )
  @Callers('mandate', 'person', 'client')
  ask(@PersonParam() person: PersonId, @Query() request: PersonQuestionRequest, @CallerOf() caller: Actor) {
    const look = consulting(this.reader.ledger, caller, person, request, { question: 'consultations' });
    return respond(
      this.reader,
      { question: QUESTION, of: person, request },
      (page) =>
        this.queries.execute<ConsultationsQuery, Page<ConsultationsRow>>(
          new ConsultationsQuery(person, page),
        ),
      look,
    );
  }
}
