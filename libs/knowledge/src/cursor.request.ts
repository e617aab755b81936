import { createHash } from 'node:crypto';
import { problem, when } from '#http';
import { endMs, FOREVER_MS, instantOf } from '#time';
import type { Key, Moment, PageRequest, QuestionRequest } from './moment.request.js';

/** One kind of question: what its cursors and its tables are made of. */
export interface Question {
  readonly name: string;
  /** What its rows are sorted by. */
  readonly key: readonly (keyof typeof KEY_PARTS)[];
  /** Of the CSV: `holder.name` is the name in the holder. */
  readonly columns: readonly string[];
}

/** A question as somebody asks it. */
export interface Asked {
  readonly question: Question;
  /** The person or the institution that its address names. */
  readonly of?: string;
  readonly request: QuestionRequest;
}

const KEY_PARTS = {
  text: (part: unknown) => typeof part === 'string',
  ms: (part: unknown) => Number.isSafeInteger(part),
  count: (part: unknown) => Number.isSafeInteger(part) && (part as number) >= 0,
};

/** What may differ from page to page. The clocks are compared by themselves: a cursor holds its moment. */
const FREE = new Set(['validAt', 'knownAt', 'after', 'limit', 'format', 'reason', 'cursor']);

/** A later page answers for the same moment as the first, whatever was recorded between the two. */
export function pageRequest(asked: Asked, now: Moment): PageRequest {
  const { request } = asked;
  const limit = request.limit ?? 100;
  if (request.cursor !== undefined) return { ...decodeCursor(asked, request.cursor), limit };
  const at = (text: string | undefined, nowMs: number) =>
    text === undefined ? nowMs : endMs(when(text)) - 1;
  const validMs = at(request.validAt, now.validMs);
  // What will be recorded later today is not known yet: the pages that follow would tell it.
  const knownMs = Math.min(at(request.knownAt, now.knownMs), now.knownMs);
  return { validMs, knownMs, limit, from: undefined };
}

/** Where a page ended and for which moment, bound to the question that it answers. */
export function encodeCursor(asked: Asked, { validMs, knownMs }: Moment, key: Key): string {
  const { validAt = null, knownAt = null } = asked.request;
  const parts = [digestOf(asked), validAt, knownAt, validMs, knownMs, ...key];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws Problem 400 for what is no cursor of ours, and for one of another question */
function decodeCursor(asked: Asked, cursor: string): Moment & { readonly from: Key } {
  const [digest, validAt, knownAt, validMs, knownMs, ...from] = partsOf(cursor);
  const { question, request } = asked;
  if (!isMoment(validMs) || !isMoment(knownMs) || typeof digest !== 'string')
    throw badCursor('This cursor is not one of ours.');
  if (digest !== digestOf(asked) || !isFor(request.validAt, validAt) || !isFor(request.knownAt, knownAt))
    throw badCursor('This cursor is of another question.');
  if (from.length !== question.key.length || !question.key.every((kind, i) => KEY_PARTS[kind](from[i])))
    throw badCursor('This cursor is not one of ours.');
  return { validMs, knownMs, from: from as Key };
}

/** Everything that tells one question from another, but the clocks. */
function digestOf({ question, of, request }: Asked): string {
  const narrowing = Object.entries(request)
    .filter(([field, value]) => value !== undefined && !FREE.has(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([question.name, of ?? null, narrowing]))
    .digest('base64url')
    .slice(0, 16);
}

/** A clock that is left out is the cursor's; one that is sent is as it was on the first page. */
function isFor(asked: string | undefined, first: unknown): boolean {
  return asked === undefined || asked === first;
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts)) return parts;
  } catch {
    // The same answer as to whatever else is no cursor.
  }
  return [];
}

/** Within the years that a date can name. */
function isMoment(ms: unknown): ms is number {
  if (!Number.isSafeInteger(ms) || Math.abs(ms as number) > FOREVER_MS) return false;
  return /^\d{4}-/.test(instantOf(ms as number));
}

function badCursor(detail: string) {
  const remedy =
    'Send `next` of the page before, unchanged, and otherwise what the first page was asked with.';
  return problem(400, 'bad-cursor', detail, remedy, { errors: [{ field: 'cursor', detail, remedy }] });
}
