import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Asking, Callers } from '#http';
import { AS_KNOWN } from '#read-store';
import { QuestionRequest, type Page, type PageRequest } from '../moment.request.js';
import type { Question } from '../cursor.request.js';
import { EFFECTIVE, Reader } from '../reader.query.js';
import { respond } from '../respond.query.js';

/** Up to when an institution's facts are known. Without a statement nothing is known to be complete. */
export class CoverageRow {
  @ApiProperty({ type: String })
  readonly institution!: string;
  @ApiProperty({ type: String })
  readonly name!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null: this institution has never said that its facts are reported.',
  })
  readonly source!: string | null;
  @ApiProperty({ ...EFFECTIVE, nullable: true })
  readonly reportedUpTo!: Effective | null;
  @ApiProperty({
    type: Boolean,
    description:
      'Whether the date asked for lies after what was reported: what happened since is not known here.',
  })
  readonly gap!: boolean;
}

export class CoverageQuery {
  constructor(readonly page: PageRequest) {}
}

const SQL = `SELECT i.institution, i.name, c.source, c.up_to, c.stated
  FROM (SELECT * FROM institution WHERE ${AS_KNOWN}) AS i
  LEFT JOIN (SELECT * FROM coverage WHERE ${AS_KNOWN}) AS c USING (institution)
  WHERE (i.institution, coalesce(c.source, '')) > (:institution, :source)
  ORDER BY i.institution, c.source LIMIT :limit`;

@QueryHandler(CoverageQuery)
export class CoverageHandler implements IQueryHandler<CoverageQuery> {
  constructor(private readonly reader: Reader) {}

  async execute({ page }: CoverageQuery): Promise<Page<CoverageRow>> {
    const [institution = '', source = ''] = page.from ?? [];
    const found = this.reader.rows(SQL, { known: page.knownMs, institution, source, limit: page.limit + 1 });
    const shown = found.slice(0, page.limit).map((row) => ({
      institution: row['institution'] as string,
      name: row['name'] as string,
      source: row['source'] as string | null,
      reportedUpTo: row['stated'] === null ? null : (JSON.parse(row['stated'] as string) as Effective),
      gap: row['up_to'] === null || (row['up_to'] as number) < page.validMs,
    }));
    const last = shown.at(-1);
    return {
      rows: shown,
      next: found.length > page.limit && last ? [last.institution, last.source ?? ''] : undefined,
    };
  }
}

const QUESTION: Question = {
  name: 'coverage',
  key: ['text', 'text'],
  columns: ['institution', 'name', 'source', 'reportedUpTo', 'gap'],
};

@Controller('v1/coverage')
export class CoverageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: Reader,
  ) {}

  @Get()
  @Asking('Per institution: known up to which date, and where the gaps are.', CoverageRow)
  @Callers('mandate', 'client')
  ask(@Query() request: QuestionRequest) {
    return respond(this.reader, { question: QUESTION, request }, (page) =>
      this.queries.execute<CoverageQuery, Page<CoverageRow>>(new CoverageQuery(page)),
    );
  }
}
