import type { StreamName } from '#decider';
import { base64url, isCount } from '../bytes.js';
import { exactObject } from '../log/canonical.js';
import { parseHash, type LabelHead } from '../log/label.js';
import { strictInstant } from '../log/parse-entry.js';
import { fail, ok, type Result } from '../result.js';
import type { SavedCheck } from './bundle.js';

const FORMAT = 'sillage/check/1';

/** What a person keeps from one check for the next, as a file. Binaries are unpadded base64url. */
export function formatSavedCheck({ size, root, origin, at, heads, key }: SavedCheck): string {
  const entries = [...heads].map(([stream, { count, last }]) => [stream, { count, last: base64url(last) }]);
  const kept = { size, root: base64url(root), at, heads: Object.fromEntries(entries) };
  const named = { ...(origin !== undefined && { origin }), ...(key && { key: base64url(key) }) };
  const fields = { format: FORMAT, ...kept, ...named };
  return `${JSON.stringify(fields, null, 1)}\n`;
}

export function parseSavedCheck(text: string): Result<SavedCheck> {
  const fields = exactObject(parsed(text), ['format', 'size', 'root', 'at', 'heads'], ['key', 'origin']);
  if (fields?.['format'] !== FORMAT) return fail('it is no earlier check');
  const { size, origin } = fields;
  if (origin !== undefined && typeof origin !== 'string') return fail('the earlier check is malformed');
  const [root, at, heads] = [
    parseHash(fields['root']),
    strictInstant(fields['at']),
    readHeads(fields['heads']),
  ];
  const named = Object.hasOwn(fields, 'key');
  const key = parseHash(fields['key']);
  return isCount(size) && root && at && heads && named === (key !== undefined)
    ? ok({ size, root, ...(origin !== undefined && { origin }), at, heads, ...(key && { key }) })
    : fail('the earlier check is malformed');
}

function readHeads(value: unknown): ReadonlyMap<StreamName, LabelHead> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const heads = new Map<StreamName, LabelHead>();
  for (const [stream, head] of Object.entries(value)) {
    const fields = exactObject(head, ['count', 'last']);
    const [count, last] = [fields?.['count'], parseHash(fields?.['last'])];
    if (!isCount(count) || !last) return undefined;
    heads.set(stream as StreamName, { count, last });
  }
  return heads;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
