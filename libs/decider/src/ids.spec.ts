import { describe, expect, it } from '@jest/globals';
import { parseId, streamKey, streamKind, streamName } from './ids.js';

const uuid = '0198c0de-0000-7000-8000-000000000001';

describe('an id', () => {
  it('is read when it is a lower-case UUID of any version', () => {
    for (const version of '12345678') {
      const text = `0198c0de-0000-${version}000-a000-000000000001`;
      expect(parseId(text)).toBe(text);
    }
  });

  it.each([
    '',
    'anne',
    uuid.toUpperCase(),
    `${uuid} `,
    ` ${uuid}`,
    `${uuid}\n`,
    `{${uuid}}`,
    `urn:uuid:${uuid}`,
    uuid.replaceAll('-', ''),
    uuid.slice(1),
    uuid.replace('7000', '0000'),
    uuid.replace('7000', '9000'),
    uuid.replace('8000', 'c000'),
    '00000000-0000-0000-0000-000000000000',
  ])('is not read from %j', (text) => expect(parseId(text)).toBeUndefined());
});

describe('a stream name', () => {
  it('tells its kind and its key', () => {
    const stream = streamName('person', uuid);
    expect(stream).toBe(`person-${uuid}`);
    expect([streamKind(stream), streamKey(stream)]).toEqual(['person', uuid]);
  });

  it('has no key when the stream is alone of its kind', () => {
    const stream = streamName('catalogue');
    expect([stream, streamKind(stream), streamKey(stream)]).toEqual(['catalogue', 'catalogue', '']);
  });
});
