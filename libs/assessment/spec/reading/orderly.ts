// Random situations break nearly everything at once. These put some things in order, so that single faults show.
import { asCode } from '#decider';
import { civilDate } from '#time';
import type { Provision } from '#catalogue';
import type { PartyFacts } from '../../src/facts.js';
import { wide, type Drawn } from './drawn.js';

type Order = (drawn: Drawn, provision: Provision | undefined) => Drawn;

const inOffice = { validFrom: civilDate('2020-01-01') };
const bound = [{ binding: asCode<'Binding'>('social-work-profession'), firm: true }];

function parties(drawn: Drawn, change: <P extends PartyFacts>(party: P) => Partial<PartyFacts>): Drawn {
  const { facts } = drawn;
  const changed = <P extends PartyFacts>(party: P): P => ({ ...party, ...change(party) });
  return {
    ...drawn,
    facts: { ...facts, discloser: changed(facts.discloser), recipients: facts.recipients.map(changed) },
  };
}

/** Each puts one thing in order. */
export const ORDERS: readonly Order[] = [
  (d) => parties(d, () => ({ period: inOffice })),
  (d) => parties(d, () => ({ secrecy: bound })),
  (d) => parties(d, () => ({ mission: 'mission', accessLog: true })),
  (d, p) => {
    if (!p) return d;
    const { facts } = parties(d, (party) => ({
      categories: [...party.categories, ...p.recipients.categories],
    }));
    const own = [...d.facts.discloser.categories, ...p.disclosers.categories];
    return { ...d, facts: { ...facts, discloser: { ...facts.discloser, categories: own } } };
  },
  (d) => parties(d, () => ({ care: [{ id: 'care', ...inOffice }] })),
  (d, p) =>
    parties(d, () => ({
      memberships: [
        {
          id: 'seat',
          commission: 'commission-1',
          kind: p?.recipients.commission ?? 'CDAPH',
          coversCase: true,
          hasCase: true,
          ...inOffice,
        },
      ],
    })),
  (d) => ({
    ...d,
    facts: {
      ...d.facts,
      items: d.facts.items.map((i) => ({ ...i, holdings: [], level: 'secret' as const })),
    },
  }),
  (d) => ({ ...d, facts: { ...d.facts, person: { birthDate: '1980-05-17', capacity: [] } } }),
  (d) => ({
    ...d,
    facts: {
      ...d.facts,
      informations: [
        ...d.facts.informations,
        { id: 'told', to: { kind: 'person' }, at: civilDate('2025-06-01'), scope: wide(d) },
      ],
    },
  }),
  (d) => ({ ...d, facts: { ...d.facts, against: [] } }),
  (d) => ({
    ...d,
    facts: {
      ...d.facts,
      consents: [
        ...d.facts.consents,
        {
          kind: 'consent',
          id: 'agreed',
          by: { kind: 'person' },
          at: civilDate('2026-01-31'),
          order: 9,
          scope: wide(d),
          explicit: true,
          onward: [],
          validFrom: civilDate('2026-01-31'),
          validUntil: civilDate('2030-01-01'),
        },
      ],
    },
  }),
  (d) => ({
    ...d,
    request: { ...d.request, items: d.request.items.map(({ item }) => ({ item, justification: 'needed' })) },
  }),
  ({ facts, request: { assessedAt: _late, keeps: _kept, ...request } }) => ({
    facts,
    request: { ...request, channel: 'oral', retention: { rule: asCode<'Retention'>('end-of-follow-up') } },
  }),
  (d) => ({ ...d, request: { ...d.request, frame: 'exchange' } }),
];

/** One flag an order; a situation with most of them is one of an ordinary day. */
export function putInOrder(drawn: Drawn, provision: Provision | undefined, flags: readonly boolean[]): Drawn {
  return ORDERS.reduce((d, order, i) => (flags[i] ? order(d, provision) : d), drawn);
}
