import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Importer } from './importer.js';
import type { Body, Fault, Line, Read } from './line.js';
import { References } from './references.js';
import { NotTold, type Told } from './telling.js';

interface Sent {
  readonly path: string;
  readonly body: Body;
  readonly key: string;
  answer(told?: Told | Error): void;
}

const id = (n: number) => `0190a5c2-7b7e-4d3f-9b1a-${String(n).padStart(12, '0')}`;

let references: References;
let stop: AbortController;
let open: Sent[];
let failed: [number, readonly Fault[]][];
let made: [number, string][];
let importer: Importer;
let taken: number;

beforeEach(() => {
  references = References.open();
  stop = new AbortController();
  [open, failed, made, taken] = [[], [], [], 0];
  importer = new Importer({
    references,
    tell: (line, path, body, key) => asked(line, path, body, key),
    made: (number, _, given) => made.push([number, given]),
    failed: (text) => failed.push(JSON.parse(text) as [number, readonly Fault[]]),
    progress: () => {},
  });
});
afterEach(() => references.close());

/** Stays open until the test answers. */
function asked({ kind }: Line, path: string, body: Body, key: string): Promise<Told> {
  return new Promise((resolve, reject) => {
    const answer = (
      told: Told | Error = { kind: 'recorded', repeated: false, answer: { [kind]: id(taken) } },
    ) => {
      open.splice(open.indexOf(sent), 1);
      if (told instanceof Error) reject(told);
      else resolve(told);
    };
    const sent = { path, body, key, answer };
    open.push(sent);
  });
}

function lines(...said: readonly Line[]): Promise<void> {
  async function* reads(): AsyncGenerator<Read, void> {
    for (const [i, one] of said.entries()) {
      taken = i + 1;
      const number = i + 1;
      yield { number, said: one, mended: (faults) => JSON.stringify([number, faults]) };
    }
  }
  return importer.run(reads(), stop.signal);
}

const settled = async () => {
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
};
const person = (ref: string): Line => ({ kind: 'person', ref, body: { familyName: ref } });
const refusal = (of: string, items?: readonly string[]): Line => ({
  kind: 'refusal',
  person: of,
  body: items ? { items } : {},
});

describe('an import', () => {
  test('keeps the order of one person, and has several persons under way', async () => {
    const done = lines(person('A'), refusal('A'), person('B'), refusal('A'));
    await settled();
    expect(open.map(({ path }) => path)).toEqual(['/v1/persons', '/v1/persons']);
    open[0]!.answer({ kind: 'recorded', repeated: false, answer: { person: id(1) } });
    await settled();
    expect(open.map(({ path }) => path)).toEqual(['/v1/persons', `/v1/persons/${id(1)}/refusals`]);
    while (open.length > 0) {
      open.at(-1)!.answer();
      await settled();
    }
    await done;
    expect(importer.summary).toEqual({ lines: 4, recorded: 4, known: 0, failed: 0 });
    expect(made.map(([number]) => number)).toEqual([1, 3]);
  });

  test('reads no further than it can send', async () => {
    const done = lines(...Array.from({ length: 200 }, (_, i) => person(`P${i}`)));
    await settled();
    expect(open).toHaveLength(64);
    expect(taken).toBe(64);
    open[9]!.answer();
    await settled();
    expect(taken).toBe(65);
    while (open.length > 0) {
      open[0]!.answer();
      await settled();
    }
    await done;
    expect(importer.summary.recorded).toBe(200);
  });

  test('puts ids in the place of references, wherever the request has an id', async () => {
    references.made('earlier', id(70));
    const consent: Line = {
      kind: 'consent',
      person: id(80),
      body: {
        items: ['earlier', id(71)],
        information: 'earlier',
        recipients: [{ kind: 'outsider', outsider: 'earlier' }, 7],
        by: { kind: 'earlier', representative: 'earlier' },
        means: 'earlier',
      },
    };
    const done = lines(consent);
    await settled();
    expect(open[0]!.body).toEqual({
      items: [id(70), id(71)],
      information: id(70),
      recipients: [{ kind: 'outsider', outsider: id(70) }, 7],
      by: { kind: 'earlier', representative: id(70) },
      means: 'earlier',
    });
    open[0]!.answer();
    await done;
  });

  test('waits for an earlier line of another person, and for no later one', async () => {
    const distinct = (ref: string, from: string): Line => ({
      kind: 'person',
      ref,
      body: { distinctFrom: [from] },
    });
    const done = lines(person('A'), distinct('B', 'A'), distinct('C', 'D'), person('D'), distinct('E', 'E'));
    await settled();
    expect(open.map(({ body }) => body)).toEqual([{ familyName: 'A' }, { familyName: 'D' }]);
    expect(failed.map(([number, [fault]]) => [number, fault!.field])).toEqual([
      [3, 'distinctFrom[0]'],
      [5, 'distinctFrom[0]'],
    ]);
    open[0]!.answer({ kind: 'recorded', repeated: true, answer: { person: id(1) } });
    await settled();
    expect(open.map(({ body }) => body)).toEqual([{ familyName: 'D' }, { distinctFrom: [id(1)] }]);
    open[0]!.answer();
    open[0]!.answer();
    await done;
    expect(importer.summary).toEqual({ lines: 5, recorded: 2, known: 1, failed: 2 });
  });

  test('sends nothing that rests on a line that failed', async () => {
    const done = lines(person('A'), refusal('A'), person('A'), refusal('nobody'));
    await settled();
    expect(failed.map(([number]) => number)).toEqual([4]);
    open[0]!.answer({ kind: 'refused', faults: [{ field: 'familyName', problem: 'No.', remedy: 'Yes.' }] });
    await done;
    expect(open).toEqual([]);
    expect(failed.slice(1)).toEqual([
      [1, [{ field: 'familyName', problem: 'No.', remedy: 'Yes.' }]],
      [
        2,
        [expect.objectContaining({ field: 'person', problem: 'Line 1, which it names, was not imported.' })],
      ],
      [3, [expect.objectContaining({ field: 'ref', problem: 'It stands on line 1 already.' })]],
    ]);
  });

  test('knows a line again by its reference, and one without by what it says', async () => {
    const keys = async (one: Line) => {
      const done = lines({ ...one, person: id(1) });
      await settled();
      const [{ key }] = open as [Sent];
      open[0]!.answer();
      await done;
      return key;
    };
    const plain = await keys(refusal('', []));
    expect(await keys(refusal('', []))).toBe(plain);
    expect(await keys(refusal('', [id(3)]))).not.toBe(plain);
    const named = await keys({ ...refusal('', []), ref: 'R' });
    references.close();
    references = References.open();
    importer = new Importer({ ...importer['parts'], references });
    expect(await keys({ ...refusal('', [id(3)]), ref: 'R' })).toBe(named);
    expect(named).not.toBe(plain);
  });

  test('told to stop, reads no further and ends what is under way', async () => {
    const done = lines(...Array.from({ length: 200 }, (_, i) => person(`P${i}`)));
    await settled();
    stop.abort();
    for (const sent of open.slice(0, 60)) sent.answer();
    while (open.length > 0) open[0]!.answer(new NotTold('The import was stopped.'));
    await done;
    expect(taken).toBeLessThan(70);
    expect(importer.summary).toEqual({ lines: 60, recorded: 60, known: 0, failed: 0 });
    expect(failed).toEqual([]);
  });

  test('ends with what makes it impossible to go on', async () => {
    const done = lines(...Array.from({ length: 200 }, (_, i) => person(`P${i}`)));
    await settled();
    const [first, ...others] = open;
    first!.answer(new Error('The server is away.'));
    for (const sent of others) sent.answer(new Error('It is still away.'));
    await expect(done).rejects.toThrow('The server is away.');
    expect(importer.summary.lines).toBe(0);
  });
});
