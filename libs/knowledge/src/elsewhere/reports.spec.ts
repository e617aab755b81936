import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asCode, recorded, type Recorded } from '#decider';
import { personStream, personTesting, type DutyDischarged, type PersonEvent } from '#person';
import { OPEN_END } from '#read-store';
import { civilDate, startMs } from '#time';
import { at, told } from '../findings/story.testing.js';
import { dutyStateAt } from '../duties/duties.projection.js';
import { ITEM, nurse, worker } from '../duties/story.testing.js';
import { happeningEvents, TERRITORY } from './elsewhere.testing.js';
import { projected } from './ledger.testing.js';

const { aConsent, CCAS, described, id, informed, NURSE, objected, SOCIAL_WORKER, SSIAD } = personTesting;

let folder: string;
let n = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-reports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ACT = id('Disclosure', 1);
const PERSON: PersonEvent = {
  type: 'PersonRegistered',
  data: {
    person: id('Person', 1),
    givenName: 'Henri',
    familyName: 'L.',
    birthDate: '1948-03-12',
    distinctFrom: [],
  },
};
/** Under a text that asks for no consent: it leaves whatever an act can leave, to the nurse and the social worker. */
const report = told(1, {
  basis: { provision: asCode('casf-l241-10-team'), consents: [], restsOn: 'provision' },
  purpose: asCode('disability-assessment'),
});
const PURPOSE = { purposes: [asCode<'Purpose'>('disability-assessment')] };
const informedOfIt: PersonEvent = { ...informed(PURPOSE), ...at('2026-01-20') };
const agreed: PersonEvent = {
  type: 'ConsentGranted',
  data: aConsent({ ...PURPOSE, validFrom: civilDate('2026-01-20') }),
  ...at('2026-01-20'),
};
const { items, categories, recipients, purposes } = aConsent(PURPOSE);
const refused: PersonEvent = {
  type: 'ConsentRefused',
  data: {
    refusal: id('Consent', 9),
    by: { kind: 'person' },
    means: 'oral',
    items,
    categories,
    recipients,
    purposes,
  },
  ...at('2026-01-20'),
};
const objection: PersonEvent = { ...objected({ purposes: [] }), ...at('2026-01-08') };
const discharged = (kind: string, by = NURSE, institution = SSIAD): PersonEvent => {
  const data: DutyDischarged['data'] = { disclosure: ACT, kind, by, institution };
  return { type: 'DutyDischarged', data, ...at('2026-01-20') };
};

/** What the projection tells of a duty on 1 February, after one event after the other, each a batch of its own. */
async function stateOf(kind: string, ...events: readonly PersonEvent[]): Promise<unknown> {
  const before = happeningEvents(TERRITORY);
  const own = [PERSON, described(), ...events].map((event, i) => ({
    ...recorded(event, i),
    effectiveAt: event.effectiveAt ?? civilDate('2026-01-01'),
    stream: personStream(id('Person', 1)),
    revision: i,
  }));
  const all = [...before, ...own].map((event, i) => ({ ...event, position: i + 1 }));
  const store = await projected(join(folder, `${n++}.db`), all as Recorded<PersonEvent>[], 1);
  const sql = "SELECT * FROM duty WHERE about = 'disclosure' AND kind = ? AND recorded_to = ?";
  const rows = store.all(sql, kind, OPEN_END);
  store.close();
  const ms = startMs(civilDate('2026-02-01'));
  return rows.map((row) => dutyStateAt(row, ms));
}

describe('what a report leaves to be done', () => {
  test.each<[string, string, ...PersonEvent[]]>([
    ['inform-person', 'open', informedOfIt],
    ['record-consent-sought', 'overdue', agreed],
    ['record-consent-sought', 'overdue', refused],
    ['record-consent-sought', 'overdue', discharged('record-consent-sought')],
    ['acknowledge-receipt', 'overdue', discharged('acknowledge-receipt', SOCIAL_WORKER, CCAS)],
    [
      'record-effect',
      'open',
      { type: 'EffectObserved', data: { disclosure: ACT, effect: 'x', by: NURSE }, ...at('2026-01-20') },
    ],
    [
      'purge',
      'open',
      {
        type: 'PurgeAttested',
        data: { holder: worker, items: [ITEM], remains: 'nothing' },
        ...at('2026-01-20'),
      },
    ],
  ])('is %s: %s until it is done', async (kind, before, done) => {
    expect(await stateOf(kind, report)).toEqual([before]);
    expect(await stateOf(kind, report, done)).toEqual(['done']);
  });

  test('is to answer an objection, until it is answered or lifted', async () => {
    const answered: PersonEvent = {
      type: 'ObjectionAnswered',
      data: { objection: id('Objection', 1), by: NURSE, institution: SSIAD, answer: 'accepted', reason: 'x' },
      ...at('2026-01-20'),
    };
    const lifted: PersonEvent = {
      type: 'ObjectionLifted',
      data: { objection: id('Objection', 1), by: { kind: 'person' }, means: 'oral' },
      ...at('2026-01-20'),
    };
    const ofAct = async (...more: readonly PersonEvent[]) =>
      new Set((await stateOf('answer-objection', objection, report, ...more)) as string[]);
    expect(await ofAct()).toEqual(new Set(['open']));
    expect(await ofAct(answered)).toEqual(new Set(['done']));
    expect(await ofAct(lifted)).toEqual(new Set(['done']));
  });

  test('is to record who takes part in the care, until it is', async () => {
    const exchange = told(1, {
      basis: { provision: asCode('csp-l1110-4-ii-exchange'), consents: [], restsOn: 'absence-of-objection' },
    });
    const inCare = (who: typeof nurse | typeof worker): PersonEvent => ({
      type: 'CareRelationStarted',
      data: { mandate: who.mandate, institution: who.institution, declaredBy: 'institution' },
      ...at('2026-01-20'),
    });
    expect(await stateOf('record-care-relation', exchange, inCare(nurse))).toEqual(['overdue']);
    expect(await stateOf('record-care-relation', exchange, inCare(nurse), inCare(worker))).toEqual(['done']);
  });
});
