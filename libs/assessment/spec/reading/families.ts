// Two parents who speak about just this sharing: rare by chance alone, so they are put together here.
import { asId } from '#decider';
import { civilDate } from '#time';
import type { Against, Consent, Representative, Speaker } from '../../src/facts.js';
import { wide, type Drawn } from './drawn.js';

export type Family = 'none' | 'both-agree' | 'one-silent' | 'one-refuses' | 'one-objects' | 'one-unverified';
export const FAMILIES: readonly Family[] = [
  'none',
  'none',
  'none',
  'both-agree',
  'one-silent',
  'one-refuses',
  'one-objects',
  'one-unverified',
];

const names = ['parent-1', 'parent-2'].map((name) => asId<'Representative'>(name));
const [first, second] = names.map((representative): Speaker => ({ kind: 'representative', representative }));

function parent(representative: (typeof names)[number], verified: boolean): Representative {
  const { validFrom } = { validFrom: civilDate('2020-01-01') };
  return { id: 'parent', representative, kind: 'parental-authority', domain: 'both', verified, validFrom };
}

export function withFamily(drawn: Drawn, family: Family): Drawn {
  if (family === 'none') return drawn;
  const { facts } = drawn;
  const scope = wide(drawn);
  const consent = (by: Speaker): Consent => ({
    kind: 'consent',
    id: 'family',
    by,
    at: civilDate('2026-01-31'),
    order: 2,
    scope,
    explicit: false,
    onward: [],
    validFrom: civilDate('2026-01-31'),
    validUntil: civilDate('2030-01-01'),
  });
  const word = { id: 'family', by: second!, at: civilDate('2026-02-27'), order: 3, scope };
  const against: Against[] = [];
  if (family === 'one-refuses') against.push({ ...word, kind: 'refusal' });
  if (family === 'one-objects' || family === 'one-unverified') against.push({ ...word, kind: 'objection' });
  const consents = family === 'both-agree' ? [consent(first!), consent(second!)] : [consent(first!)];
  return {
    ...drawn,
    facts: {
      ...facts,
      person: { birthDate: '2016-08-01', capacity: [] },
      representatives: [parent(names[0]!, true), parent(names[1]!, family !== 'one-unverified')],
      consents: [...facts.consents, ...consents],
      against: [...facts.against, ...against],
    },
  };
}
