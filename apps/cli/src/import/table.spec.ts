import { describe, expect, test } from '@jest/globals';
import { csvRows } from './csv.js';
import type { Line, Read } from './line.js';
import { tableLines, titlesOfErrors } from './table.js';

const ITEM = '0190a5c2-7b7e-4d3f-9b1a-2f1c3d4e5f60';

async function read(text: string): Promise<{ readonly reads: readonly Read[]; readonly head: string }> {
  async function* texts(): AsyncGenerator<string, void> {
    yield text;
  }
  const reads: Read[] = [];
  let head = '';
  for await (const one of tableLines(csvRows(texts()), (titles) => (head = titlesOfErrors(titles))))
    reads.push(one);
  return { reads, head };
}

async function line(titles: string, row: string): Promise<Line> {
  const { reads } = await read(`${titles}\n${row}\n`);
  return reads[0]!.said as Line;
}

async function faults(titles: string, row: string) {
  const { reads } = await read(`${titles}\n${row}\n`);
  return (reads[0]!.said as { readonly faults: readonly object[] }).faults;
}

describe('a row of a table', () => {
  test('becomes the body of its request: parts, lists, flags, dates as spreadsheets write them', async () => {
    const titles =
      'type;person;items;purposes;by.kind;recipients.0.kind;recipients.2.kind;explicit;validUntil;effectiveAt;ref';
    expect(
      await line(titles, `consent;D-1;${ITEM} i-2;a b;person;unknown;mandate;VRAI;31/12/2027;2026;C 1`),
    ).toEqual({
      faults: [expect.objectContaining({ field: 'ref' })],
    });
    expect(
      await line(titles, `consent;D-1;${ITEM} i-2;a  b;person;unknown;mandate;VRAI;31/12/2027;2026;C-1`),
    ).toEqual({
      kind: 'consent',
      person: 'D-1',
      ref: 'C-1',
      body: {
        items: [ITEM, 'i-2'],
        purposes: ['a', 'b'],
        by: { kind: 'person' },
        recipients: [{ kind: 'unknown' }, { kind: 'mandate' }],
        explicit: true,
        validUntil: '2027-12-31',
        effectiveAt: '2026',
      },
    });
  });

  test('leaves out what is empty, and leaves alone what it cannot understand', async () => {
    const said = await line(
      'type;person;label;keptFromParents;effectiveAt',
      'item;P;12/03/1948;peut-être;hier',
    );
    expect(said.body).toEqual({ label: '12/03/1948', keptFromParents: 'peut-être', effectiveAt: 'hier' });
    expect((await line('type;person;label', 'item;P;')).body).toEqual({});
  });

  test('takes off what an export puts before what looks like a formula', async () => {
    expect((await line('type;person;label', "item;P;'=1+1")).body).toEqual({ label: '=1+1' });
    expect((await line('type;person;label', "item;P;'abc")).body).toEqual({ label: "'abc" });
  });

  test.each([
    ['no type', ';P;x', 'type'],
    ['a type that is none', 'dance;P;x', 'type'],
    ['nobody', 'item;;x', 'person'],
    ['a person beside a person', 'person;P;', 'person'],
    ['a field of another type', 'refusal;P;x', 'label'],
    ['more cells than titles', 'item;P;x;y', ''],
  ])('with %s is told so', async (_, row, field) => {
    expect(await faults('type;person;label', row)).toEqual([expect.objectContaining({ field })]);
  });

  test('stands in the file of errors as it was, which can be imported again', async () => {
    const { reads, head } = await read('type;person;label\nitem;;"=a;""b"\nitem;P;x\n');
    const wrong = [
      { field: 'person', problem: 'It is missing.', remedy: 'Write it.' },
      { field: 'label', problem: 'It is long.', remedy: 'Cut it.' },
    ];
    const text = head + reads[0]!.mended(wrong);
    expect(text).toBe(
      '\ufeffline;field;problem;remedy;type;person;label\n' +
        `2;person | label;It is missing. | It is long.;Write it. | Cut it.;item;;"'=a;""b"\n`,
    );
    const again = await read(text.slice(1).replace(';item;;', ';item;P;'));
    expect(again.reads[0]!.said).toEqual({ kind: 'item', person: 'P', body: { label: '=a;"b' } });
    expect(again.head).toBe(head);
  });
});

describe('the titles of a table', () => {
  test.each([
    ['type;personne', /No line has a field “personne” \(column 2\)/],
    ['type;recipients', /“recipients”/],
    ['type;by.kind.kind', /“by.kind.kind”/],
    ['type;recipients.kind', /“recipients.kind”/],
    ['type;constructor', /“constructor”/],
    ['type;__proto__.x', /“__proto__.x”/],
    ['type;label;label', /“label” stands twice/],
    ['label;person', /no title “type”/],
  ])('%s are refused', async (titles, says) => {
    await expect(read(`${titles}\n`)).rejects.toThrow(says);
  });
});
