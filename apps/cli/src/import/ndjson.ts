import { parseStrictJson, Problem } from '#http';
import { CliError } from '../sentence.js';
import { fault, lineOf, type Body, type Fault, type Read } from './line.js';
import { MAX_LINE } from './texts.js';

/** One JSON object a line: `type`, `ref`, `person`, and `body` as the API takes it. @throws CliError for endless lines */
export async function* ndjsonLines(texts: AsyncIterable<string>): AsyncGenerator<Read, void> {
  let rest = '';
  let number = 0;
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE)
      throw new CliError(`Line ${number + lines.length + 1} does not end: write one object a line.`);
    for (const line of lines) {
      number++;
      if (line.trim() !== '') yield readLine(number, line);
    }
  }
  if (rest.trim() !== '') yield readLine(number + 1, rest);
}

function readLine(number: number, text: string): Read {
  const told = parsed(text);
  const mended = (errors: readonly Fault[]) =>
    `${JSON.stringify({ line: number, errors, ...('faults' in told ? { text: text.trim() } : told.object) })}\n`;
  return { number, said: 'faults' in told ? told : saidIn(told.object), mended };
}

function parsed(text: string): { readonly object: Body } | { readonly faults: readonly Fault[] } {
  try {
    const object = parseStrictJson(text);
    return isObject(object) ? { object: withoutErrors(object) } : { faults: [noObject('')] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { detail, remedy = '' } = error.body;
    return { faults: [fault('', detail, remedy)] };
  }
}

function saidIn({ type, ref, person, body, ...others }: Body): Read['said'] {
  const [other] = Object.keys(others);
  if (other !== undefined)
    return { faults: [fault(other, 'A line has no such member.', 'Put what the API takes into body.')] };
  return isObject(body) ? lineOf(type, ref, person, body) : { faults: [noObject('body')] };
}

/** What the file of errors says of a line is passed by. */
function withoutErrors({ line: _, errors: __, ...object }: Body): Body {
  return object;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noObject(field: string): Fault {
  return fault(field, 'It is no object.', 'Write one JSON object, as the API takes it.');
}
