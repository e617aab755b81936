import { describe, expect, test } from '@jest/globals';
import type { Read } from './line.js';
import { ndjsonLines } from './ndjson.js';

async function read(text: string, size = 5): Promise<readonly Read[]> {
  async function* pieces(): AsyncGenerator<string, void> {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const reads: Read[] = [];
  for await (const one of ndjsonLines(pieces())) reads.push(one);
  return reads;
}

describe('a line of NDJSON', () => {
  test('takes the body of its request as it is', async () => {
    const lines =
      '{"type":"refusal","person":"P","body":{"means":"oral","items":[]}}\r\n\n{"type":"person","ref":"P","body":{}}';
    const reads = await read(lines);
    expect(reads.map(({ number, said }) => [number, said])).toEqual([
      [1, { kind: 'refusal', person: 'P', body: { means: 'oral', items: [] } }],
      [3, { kind: 'person', ref: 'P', body: {} }],
    ]);
  });

  test.each([
    ['no JSON', '{"type":', ''],
    ['no object', '[1]', ''],
    ['a key twice', '{"type":"person","type":"item"}', ''],
    ['no body', '{"type":"person"}', 'body'],
    ['a body that is none', '{"type":"person","body":[]}', 'body'],
    ['another member', '{"type":"person","body":{},"familyName":"x"}', 'familyName'],
    ['a reference that is none', '{"type":"person","ref":7,"body":{}}', 'ref'],
  ])('with %s is told so', async (_, text, field) => {
    const [{ said }] = (await read(text)) as [Read];
    expect(said).toEqual({ faults: [expect.objectContaining({ field })] });
  });

  test('stands in the file of errors as it was, which can be imported again', async () => {
    const text = '{"type":"refusal","body":{"means":"oral"}}';
    const [first] = (await read(text)) as [Read];
    const wrong = first.mended([{ field: 'person', problem: 'It is missing.', remedy: 'Write it.' }]);
    expect(JSON.parse(wrong)).toMatchObject({ line: 1, errors: [{ field: 'person' }], type: 'refusal' });
    const [again] = (await read(wrong.replace('"type"', '"person":"P","type"'))) as [Read];
    expect(again.said).toEqual({ kind: 'refusal', person: 'P', body: { means: 'oral' } });
    const [broken] = (await read('{"x":')) as [Read];
    expect(JSON.parse(broken.mended([]))).toEqual({ line: 1, errors: [], text: '{"x":' });
  });

  test('that never ends is refused before it fills the memory', async () => {
    await expect(read('x'.repeat(400_000), 65_536)).rejects.toThrow(/^Line 1 does not end/);
  });
});
