import { createScanner } from 'jsonc-parser';
import { problem } from './problem.js';

/** Token kinds of the scanner (a const enum there). */
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COLON, STRING, END] = [1, 2, 3, 4, 6, 10, 17];

/**
 * JSON whose objects name every key once (RFC 8259 leaves repeated keys open; two readers could understand
 * two different consents). @throws Problem 400
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem(400, 'malformed-json', 'The body is not JSON.', 'Send one JSON object, encoded in UTF-8.');
  }
  const repeated = repeatedKey(text);
  if (repeated === undefined) return value;
  const [detail, remedy] = [`The key "${repeated}" stands twice in one object.`, 'Name each key once.'];
  throw problem(400, 'repeated-key', detail, remedy, { errors: [{ field: repeated, detail, remedy }] });
}

function repeatedKey(text: string): string | undefined {
  const scanner = createScanner(text, true);
  const open: (Set<string> | undefined)[] = [];
  let lastString: string | undefined;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (token === OPEN_OBJECT) open.push(new Set());
    else if (token === OPEN_ARRAY) open.push(undefined);
    else if (token === CLOSE_OBJECT || token === CLOSE_ARRAY) open.pop();
    else if (token === STRING) lastString = scanner.getTokenValue();
    else if (token === COLON && lastString !== undefined) {
      const keys = open.at(-1);
      if (keys?.has(lastString)) return lastString;
      keys?.add(lastString);
    }
  }
  return undefined;
}
