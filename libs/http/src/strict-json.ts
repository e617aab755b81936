import { createScanner } from 'jsonc-parser';
import { problem, type Problem } from './problem.js';

/** Token kinds of the scanner (a const enum there). */
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COLON, STRING, NUMBER, END] = [
  1, 2, 3, 4, 6, 10, 11, 17,
];

/** No request of ours is half as deep; what walks a body by recursion does not run out of stack. */
export const MAX_DEPTH = 32;

/**
 * JSON that two readers cannot understand as two different consents (I-JSON, RFC 7493): objects name every key
 * once, strings are whole Unicode, numbers fit a double. What it lets through has a canonical form and a digest.
 * @throws Problem 400
 */
export function parseStrictJson(sent: string | Uint8Array): unknown {
  const text = typeof sent === 'string' ? sent : decoded(sent);
  const wrong = wrongIn(text);
  if (wrong) throw wrong;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw problem(400, 'malformed-json', 'The body is not JSON.', 'Send one JSON object, encoded in UTF-8.');
  }
}

/** What is not UTF-8 is refused: a name whose letters were replaced would be somebody else's. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw problem(400, 'malformed-json', 'The body is not UTF-8.', 'Encode the body in UTF-8.');
  }
}

/** With the flag u only what is half of a pair counts as a surrogate. */
const HALF_PAIR = /\p{Surrogate}/u;

/** Scans before it parses, and judges nothing that the parser will refuse anyway. */
function wrongIn(text: string): Problem | undefined {
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
      if (keys?.has(lastString)) return repeatedKey(lastString);
      keys?.add(lastString);
    }
    if (open.length > MAX_DEPTH) return tooDeep();
    if (token === STRING && HALF_PAIR.test(lastString!)) return brokenText();
    if (token === NUMBER && !Number.isFinite(Number(scanner.getTokenValue()))) return hugeNumber();
  }
  return undefined;
}

function repeatedKey(key: string): Problem {
  const [detail, remedy] = [`The key "${key}" stands twice in one object.`, 'Name each key once.'];
  return problem(400, 'repeated-key', detail, remedy, { errors: [{ field: key, detail, remedy }] });
}

function tooDeep(): Problem {
  const detail = 'The body holds lists or objects nested too deep.';
  return problem(
    400,
    'nested-too-deep',
    detail,
    `Nest at most ${MAX_DEPTH} deep; see /docs for what is asked.`,
  );
}

function brokenText(): Problem {
  const detail = 'The body holds half of a surrogate pair, which is no character.';
  return problem(400, 'malformed-json', detail, 'Send whole Unicode characters.');
}

function hugeNumber(): Problem {
  const detail = 'The body holds a number beyond what a double holds.';
  return problem(400, 'malformed-json', detail, 'Send numbers that a 64-bit float can hold.');
}
