import { OneOf, problem, Text, when, When, WholeNumber } from '#http';
import { endMs, FOREVER_MS } from '#time';

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
  @Text(2000, { optional: true, description: '`next` of the page before.' })
  cursor?: string;
  @OneOf(['json', 'ndjson', 'csv'], { optional: true, description: 'ndjson and csv hold all pages.' })
  format?: 'json' | 'ndjson' | 'csv';
}

/** The two clocks of a question, epoch ms. */
export interface Moment {
  readonly validMs: number;
  readonly knownMs: number;
}

export interface PageRequest extends Moment {
  readonly limit: number;
  /** Where the page before ended: the sort key of its last row. */
  readonly from: readonly (string | number)[] | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: readonly (string | number)[] | undefined;
}

/** A later page answers for the same moment as the first, whatever was recorded between the two. */
export function pageRequest(request: QuestionRequest, now: Moment): PageRequest {
  const limit = request.limit ?? 100;
  if (request.cursor !== undefined) return { ...decodeCursor(request.cursor), limit };
  const at = (text: string | undefined, nowMs: number) =>
    text === undefined ? nowMs : endMs(when(text)) - 1;
  const validMs = at(request.validAt, now.validMs);
  // What will be recorded later today is not known yet: the pages that follow would tell it.
  const knownMs = Math.min(at(request.knownAt, now.knownMs), now.knownMs);
  return { validMs, knownMs, limit, from: undefined };
}

export function encodeCursor(moment: Moment, key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([moment.validMs, moment.knownMs, ...key])).toString('base64url');
}

function decodeCursor(cursor: string): Omit<PageRequest, 'limit'> {
  try {
    const [validMs, knownMs, ...from] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    ) as number[];
    if (isMoment(validMs) && isMoment(knownMs) && from.every(isKeyPart))
      return { validMs: validMs!, knownMs: knownMs!, from };
  } catch {
    // Falls through to the same answer as a cursor of the wrong shape.
  }
  const [detail, remedy] = ['This cursor is not one of ours.', 'Send `next` of the page before, unchanged.'];
  throw problem(400, 'bad-cursor', detail, remedy, { errors: [{ field: 'cursor', detail, remedy }] });
}

/** Beyond it there are no dates to answer with. */
function isMoment(ms: unknown): boolean {
  return Number.isSafeInteger(ms) && Math.abs(ms as number) <= FOREVER_MS;
}

function isKeyPart(part: unknown): boolean {
  return typeof part === 'string' || Number.isSafeInteger(part);
}
