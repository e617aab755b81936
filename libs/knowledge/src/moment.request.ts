import { OneOf, Text, When, WholeNumber } from '#http';

/** What every question can be asked with. */
export class QuestionRequest {
  @When({ optional: true, description: 'As it was then: the end of that day. Left out: now.' })
  validAt?: string;
  @When({ optional: true, description: 'As the ledger knew it then: the end of that day. Left out: now.' })
  knownAt?: string;
  @WholeNumber(0, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description:
      'The position that a command answered: wait until it can be read. Without it an answer may lag some milliseconds behind the ledger; `position` tells up to where it goes.',
  })
  after?: number;
  @WholeNumber(1, 500, { optional: true, description: 'Rows of a page; 100 when left out.' })
  limit?: number;
  @Text(2000, {
    optional: true,
    description: '`next` of the page before; the rest as on the first page.',
  })
  cursor?: string;
  @OneOf(['json', 'ndjson', 'csv'], { optional: true, description: 'ndjson and csv hold all pages.' })
  format?: 'json' | 'ndjson' | 'csv';
}

/** The sort key of a row. */
export type Key = readonly (string | number)[];

/** The two clocks of a question, epoch ms. */
export interface Moment {
  readonly validMs: number;
  readonly knownMs: number;
}

export interface PageRequest extends Moment {
  readonly limit: number;
  /** Where the page before ended: the sort key of its last row. */
  readonly from: Key | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: Key | undefined;
}
