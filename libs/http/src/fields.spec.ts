import { describe, expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import {
  CodeField,
  Codes,
  Flag,
  OneOf,
  optionally,
  Part,
  Parts,
  Text,
  Uuid,
  Uuids,
  WebAddress,
  when,
  When,
  WholeNumber,
} from './fields.js';

const ID = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-8000-9000-00000000000f';

class Inner {
  @Text(3) name!: string;
}

class Request {
  @Text(5, { optional: true }) text?: string;
  @Uuid({ optional: true }) id?: string;
  @Uuids({ optional: true }) ids?: string[];
  @CodeField({ optional: true }) code?: string;
  @Codes({ optional: true }) codes?: string[];
  @When({ optional: true }) date?: string;
  @OneOf(['red', 'green'], { optional: true }) choice?: string;
  @WebAddress({ optional: true }) web?: string;
  @Flag({ optional: true }) flag?: boolean;
  @WholeNumber(1, 9, { optional: true }) number?: number;
  @Part(() => Inner, { optional: true }) part?: Inner;
  @Parts(() => Inner, { optional: true }) parts?: Inner[];
}

class Demanding {
  @Text(5) text!: string;
}

/** What is said about each field, those inside parts included. */
function messages(type: new () => object, body: object): readonly string[] {
  const read = (errors: ReturnType<typeof validateSync>): string[] =>
    errors.flatMap(({ constraints, children }) => [
      ...Object.values(constraints ?? {}),
      ...read(children ?? []),
    ]);
  return read(validateSync(plainToInstance(type, body), { stopAtFirstError: true }));
}

describe('a field', () => {
  test.each<[string, unknown]>([
    ['text', 'a\nb'],
    ['text', 'x'.repeat(5)],
    ['text', '🙂'],
    ['id', ID],
    ['id', OTHER],
    ['web', 'https://example.org:8443/hook?tenant=1'],
    ['web', 'http://127.0.0.1:3000/'],
    ['web', 'http://[::1]/'],
    ['web', 'http://localhost/'],
    ['ids', []],
    ['ids', [ID, OTHER]],
    ['code', 'care-coordination'],
    ['code', '1'],
    ['codes', ['a', 'b']],
    ['date', '2026'],
    ['date', '2026-02'],
    ['date', '2024-02-29'],
    ['date', '2026-02-01T10:00:00Z'],
    ['date', '2026-02-01T10:00:00.123+02:00'],
    ['choice', 'red'],
    ['flag', false],
    ['number', 9],
    ['number', '1'],
    ['part', { name: 'abc' }],
    ['parts', [{ name: 'abc' }, { name: 'd' }]],
  ])('%s takes %j', (name, value) => {
    expect(messages(Request, { [name]: value })).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['text', 7, 'text is text'],
    ['text', '', 'text has 1 to 5 characters'],
    ['text', 'x'.repeat(6), 'text has 1 to 5 characters'],
    ['text', 'a\u0000', 'text holds control characters or half of one: leave them out'],
    ['text', 'a\ud800', 'text holds control characters or half of one: leave them out'],
    ...[' ', '\u200b', '\u00ad\t', '\u2060'].map((blank): [string, unknown, string] => [
      'text',
      blank,
      'text shows nothing: write something that can be read',
    ]),
    ['text', null, 'text is text'],
    ['id', 'x', 'id is an id of this ledger: a lower-case UUID'],
    ['id', ID.toUpperCase().replace('0', 'A'), 'id is an id of this ledger: a lower-case UUID'],
    ['id', [ID], 'id is an id of this ledger: a lower-case UUID'],
    ['ids', ID, 'ids is a list'],
    ['ids', [ID, ID], 'ids names something twice'],
    ['ids', ['x'], 'ids is an id of this ledger: a lower-case UUID'],
    [
      'ids',
      Array.from({ length: 201 }, (_, n) => ID.replace('01', String(n))),
      'ids holds at most 200 entries',
    ],
    ['code', 'Care', 'code is a code of the catalogue: small letters, digits and dashes'],
    ['codes', ['a', 'a'], 'codes names something twice'],
    ['codes', [['a']], 'codes is a code of the catalogue: small letters, digits and dashes'],
    ['date', '2026-02-29', 'date is no date: write 2026-01-09 or 2026-01-09T10:00:00+01:00'],
    ['date', 20260209, 'date is no date: write 2026-01-09 or 2026-01-09T10:00:00+01:00'],
    ['choice', 'blue', 'choice is one of: red, green'],
    ...[
      'http://example.org/',
      'http://127.0.0.1.example.org/',
      'https://user@example.org/',
      'https://example.org/#x',
      'https://exam ple.org/',
      `https://example.org/${'x'.repeat(2000)}`,
      'example.org',
      7,
    ].map((web): [string, unknown, string] => [
      'web',
      web,
      'web is a web address: https, or http on loopback, without user name and #',
    ]),
    ['flag', 'true', 'flag is true or false'],
    ['number', 0, 'number is a whole number from 1 to 9'],
    ['number', 1.5, 'number is a whole number from 1 to 9'],
    ['number', 'x', 'number is a whole number from 1 to 9'],
    ['part', 'x', 'part is an object'],
    ['part', [], 'part is an object'],
    ['part', { name: 'abcd' }, 'name has 1 to 3 characters'],
    ['parts', {}, 'parts is a list'],
    ['parts', ['x'], 'parts is a list of objects'],
    ['parts', [{ name: 'a' }, {}], 'name is missing'],
  ])('%s does not take %j', (name, value, message) => {
    const said = messages(Request, { [name]: value }).map((one) =>
      one.replace(/^(each value in|nested property) /, ''),
    );
    expect(said).toContain(message);
    expect(said).toHaveLength(1);
  });

  test('that is optional may be left out; one that is not is missed', () => {
    expect(messages(Request, {})).toEqual([]);
    expect(messages(Request, { text: undefined })).toEqual([]);
    expect(messages(Demanding, {})).toEqual(['text is missing']);
  });
});

describe('a date that was let through', () => {
  test('is read with its precision', () => {
    expect(when('2026-02')).toEqual({ date: '2026-02-01', zone: 'Europe/Paris', precision: 'month' });
    expect(when('2026-02-01T10:00:00+01:00')).toBe('2026-02-01T09:00:00.000Z');
  });

  test('stays absent where it was left out', () => {
    expect(optionally('until', undefined)).toEqual({});
    expect(optionally('until', '2026-02-01')).toEqual({ until: when('2026-02-01') });
  });
});

class Named {
  @OneOf(['red', 'green']) kind!: string;
  @Text(5, { optional: true, forKinds: ['red'] }) shade?: string;
}

test('a field of some kinds is refused for the others, never dropped', () => {
  expect(messages(Named, { kind: 'red', shade: 'x' })).toEqual([]);
  expect(messages(Named, { kind: 'green' })).toEqual([]);
  expect(messages(Named, { kind: 'green', shade: 'x' })).toEqual([
    expect.stringMatching(/^shade is for kind red/),
  ]);
});
