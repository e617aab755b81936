import { describe, expect, test } from '@jest/globals';
import { personTesting, type Recipient } from '#person';
import { rejectUnwieldy } from './rules.js';
import { noel, nurse } from './testing.js';

const { id } = personTesting;
const items = (n: number) => Array.from({ length: n }, (_, i) => ({ item: id('Item', i + 1) }));
const recipients = (n: number): Recipient[] =>
  Array.from({ length: n }, (_, i) => ({ ...noel, mandate: id('Mandate', i + 1) }));

describe('one act', () => {
  test('has room for a commission of 30 members that hears 30 items, and for no more', () => {
    expect(rejectUnwieldy('', items(30), recipients(30))).toBeUndefined();
    expect(rejectUnwieldy('', items(200), recipients(4))).toBeUndefined();
    for (const [n, m] of [
      [30, 31],
      [31, 30],
      [200, 200],
    ] as const)
      expect(rejectUnwieldy('', items(n), recipients(m))).toMatchObject({
        rejection: { kind: 'too-large', field: 'recipients', detail: expect.stringContaining('900') },
      });
  });

  test('names nobody and nothing twice, but for those whom nobody knows', () => {
    const unknown = { kind: 'unknown' } as const;
    expect(rejectUnwieldy('', items(1), [unknown, noel, unknown])).toBeUndefined();
    expect(rejectUnwieldy('changes.', items(1), [noel, nurse, noel])).toMatchObject({
      rejection: { kind: 'contradiction', field: 'changes.recipients[2]' },
    });
    expect(rejectUnwieldy('', [...items(2), ...items(1)], [noel])).toMatchObject({
      rejection: { kind: 'contradiction', field: 'items[2]' },
    });
  });
});
