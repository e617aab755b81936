import { describe, expect, test } from '@jest/globals';
import { personTesting, type ActivePerson, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { around, consented, helper, noel, NOW, nurse, told, withdrawn } from '../testing.js';
import { issueNotices } from './issue-notices.js';

const { aConsent, id, objected } = personTesting;

const toNoel = told(1, { discloser: nurse, recipients: [noel] }, '2026-01-10');
const onward = told(2, { discloser: noel, recipients: [helper] }, '2026-01-12');

function issued(events: readonly PersonEvent[], person?: ActivePerson) {
  const { event, before, after } = around(...events);
  let n = 0;
  const newId = () => id('Notice', ++n);
  const decision = issueNotices(person ?? after, { event, before, after, newId }, NOW);
  if (decision.kind === 'rejected') throw new Error(decision.rejection.detail);
  return decision.events.map(({ data }) => data);
}
const asked = (events: readonly PersonEvent[]) =>
  issued(events).map(({ to, asks, disclosures }) => [
    to.kind === 'mandate' ? to.mandate : to.kind,
    asks,
    disclosures.length,
  ]);

describe('the notices that follow', () => {
  test('reach every holder down the onward tree', () => {
    expect(asked([consented, toNoel, onward, withdrawn()])).toEqual([
      [noel.mandate, 'purge', 1],
      [helper.mandate, 'purge', 1],
    ]);
  });

  test('name what was told, why, since when and until when an answer is due', () => {
    const [notice] = issued([consented, toNoel, withdrawn()]);
    expect(notice).toMatchObject({
      notice: id('Notice', 1),
      to: noel,
      items: [id('Item', 1)],
      disclosures: [id('Disclosure', 1)],
      because: 'event-4',
      since: civilDate('2026-02-20'),
      answerBy: civilDate('2026-03-31'),
    });
  });

  test('ask to acknowledge where another valid chain remains', () => {
    const second: PersonEvent = {
      type: 'ConsentGranted',
      data: aConsent({ consent: id('Consent', 2) }),
      effectiveAt: civilDate('2026-01-09'),
    };
    const again = told(3, { discloser: nurse, recipients: [noel], consent: 2 }, '2026-01-11');
    expect(asked([consented, second, toNoel, again, withdrawn()])).toEqual([
      [noel.mandate, 'acknowledge', 1],
    ]);
  });

  test('leave alone whoever is not reached: the one who learnt it, and those whose basis is another', () => {
    const provision = { ...toNoel } as Extract<PersonEvent, { type: 'DisclosureRecorded' }>;
    const byLaw: PersonEvent = {
      ...provision,
      data: { ...provision.data, basis: { consents: [], restsOn: 'provision' } },
    };
    expect(asked([consented, byLaw, withdrawn()])).toEqual([]);
    expect(asked([consented, withdrawn()])).toEqual([]);
  });

  test('follow an objection, a correction, a requalification and a request of erasure', () => {
    const free = { ...toNoel } as Extract<PersonEvent, { type: 'DisclosureRecorded' }>;
    const unopposed: PersonEvent = {
      ...free,
      data: { ...free.data, basis: { consents: [], restsOn: 'absence-of-objection' } },
    };
    expect(asked([unopposed, objected()])).toEqual([[noel.mandate, 'purge', 1]]);
    const retracted: PersonEvent = {
      type: 'DisclosureCorrected',
      data: { disclosure: id('Disclosure', 1), changes: {}, retracted: true, reason: 'jamais dit' },
    };
    expect(asked([consented, toNoel, retracted])).toEqual([[noel.mandate, 'purge', 1]]);
    const renamed: PersonEvent = {
      type: 'InformationRequalified',
      data: { item: id('Item', 1), label: 'chutes répétées', reason: 'précision' },
    };
    expect(asked([consented, toNoel, renamed])).toEqual([[noel.mandate, 'acknowledge', 1]]);
    const erasure: PersonEvent = { type: 'ErasureRequested', data: { request: 'r' } };
    expect(asked([consented, toNoel, onward, erasure])).toEqual([
      [noel.mandate, 'purge', 1],
      [helper.mandate, 'purge', 1],
    ]);
  });

  test('spare whoever has attested the purge since', () => {
    const purged: PersonEvent = {
      type: 'PurgeAttested',
      data: { holder: noel, items: [id('Item', 1)], remains: 'nothing' },
      effectiveAt: civilDate('2026-02-01'),
    };
    expect(asked([consented, toNoel, purged, withdrawn()])).toEqual([]);
  });

  test('are issued once for one event', () => {
    const history = [consented, toNoel, withdrawn()];
    const [notice] = issued(history);
    const { after } = around(...history, { type: 'NoticeIssued', data: notice! });
    expect(issued(history, after)).toEqual([]);
  });
});
