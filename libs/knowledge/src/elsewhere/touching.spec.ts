import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asCode } from '#decider';
import { personStream, personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { ITEM, nurse, worker } from '../duties/story.testing.js';
import { at as on, ON_CONSENT, told } from '../findings/story.testing.js';
import {
  catalogue,
  elsewhereAfter,
  given,
  happeningEvents,
  registered,
  SOCIAL_WORKERS,
  type Happening,
} from './elsewhere.testing.js';
import { elsewhereFold } from './elsewhere.js';
import { projected } from './ledger.testing.js';
import { touchedBy } from './touching.js';

const { aConsent, CCAS, described, id, informed, SOCIAL_WORKER, SSIAD } = personTesting;
const firm = (code: string) => [{ binding: asCode<'Binding'>(code), firm: true }];
/** The social worker holds another mandate, at the SSIAD. */
const second = (secrecy: ReturnType<typeof firm>): Happening =>
  given(SSIAD, { ...SOCIAL_WORKERS, mandate: id('Mandate', 5), secrecy });
const first = (secrecy: ReturnType<typeof firm>): readonly Happening[] => [
  catalogue,
  registered(SSIAD),
  registered(CCAS),
  given(SSIAD),
  given(CCAS, { ...SOCIAL_WORKERS, secrecy }),
];
const [OWN, OTHER] = [`mandate:${SOCIAL_WORKER}`, `mandate:${id('Mandate', 5)}`];

function touched(known: readonly Happening[], happening: Happening) {
  const before = elsewhereAfter(...known);
  const event = happeningEvents([...known, happening]).at(-1)!;
  return touchedBy(before, elsewhereFold.evolve(before, event), event);
}

describe('a second mandate', () => {
  test.each([
    ['a text that binds them anew', 'social-work-profession', 'health-profession'],
    ['the first text that binds them', undefined, 'health-profession'],
  ])('with %s bears on what its holder did under the first', (_, bound, anew) => {
    const known = first(bound === undefined ? [] : firm(bound));
    expect(touched(known, second(firm(anew)))!.named).toEqual([OWN, OTHER]);
  });

  test('that makes firm what was debated bears on it too', () => {
    const debated = firm('health-profession').map((one) => ({ ...one, firm: false }));
    expect(touched(first(debated), second(firm('health-profession')))!.named).toEqual([OWN, OTHER]);
  });

  test('that binds them by nothing new bears on its own acts alone', () => {
    const known = first(firm('health-profession'));
    expect(touched(known, second(firm('health-profession')))!.named).toEqual([OTHER]);
    expect(touched(known, second([]))!.named).toEqual([OTHER]);
  });

  test('that makes their knowledge secret has their earlier acts found without basis', async () => {
    const scope = { recipients: [nurse] };
    const story: readonly PersonEvent[] = [
      {
        type: 'PersonRegistered',
        data: { person: id('Person', 1), givenName: 'Henri', familyName: 'L.', distinctFrom: [] },
      },
      {
        ...described(),
        data: { ...described().data, category: asCode('family'), level: 'confidential' },
      } as PersonEvent,
      { ...informed(scope), ...on('2026-01-08') } as PersonEvent,
      {
        type: 'ConsentGranted',
        data: aConsent({ ...scope, validFrom: civilDate('2026-01-08') }),
        ...on('2026-01-08'),
      },
      told(1, { discloser: worker, recipients: [nurse], items: [{ item: ITEM }], basis: ON_CONSENT }),
    ];
    const own = story.map((event): Happening => [personStream(id('Person', 1)), event as never]);
    const all = [...first([]), ...own, second(firm('health-profession'))];
    const events = happeningEvents(all).map((event, n) => ({ ...event, position: n + 1 }));
    expect(await foundAfter(events.slice(0, -1))).not.toContain('no-valid-basis');
    expect(await foundAfter(events)).toContain('no-valid-basis');
  });
});

async function foundAfter(events: Parameters<typeof projected>[1]): Promise<readonly unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-touching-'));
  const store = await projected(join(folder, 'read.db'), events, 1);
  const rules = store.all('SELECT rule FROM finding').map(({ rule }) => rule);
  store.close();
  rmSync(folder, { recursive: true });
  return rules;
}
