import { lapseMs, type ActivePerson, type Consent, type Objection, type Refusal, type Scope } from '#person';
import { endMs, FOREVER_MS, startMs } from '#time';
import type { Row, Table } from '#read-store';

export const WILL_STATES = [
  'in-force',
  'narrowed',
  'withdrawn',
  'expired',
  'lapsed',
  'standing',
  'lifted',
] as const;
export type WillState = (typeof WILL_STATES)[number];

/** What the person or their representatives agreed to, refused, objected to, over all of valid time. */
export const WILL: Table = {
  name: 'will',
  columns: {
    person: 'TEXT',
    id: 'TEXT',
    kind: 'TEXT',
    state: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
    by: 'TEXT',
    scope: 'TEXT',
    excluded: 'TEXT',
    means: 'TEXT',
    since: 'INTEGER',
    until: 'INTEGER',
  },
  scope: ['person', 'id'],
};

export function consentRows(person: ActivePerson, consent: Consent): readonly Row[] {
  const beginsMs = Math.max(startMs(consent.validFrom), startMs(consent.origin.effectiveAt));
  const expiryMs = endMs(consent.validUntil);
  const majorityMs = lapseMs(person, consent.by);
  const whole = consent.exclusions.filter(({ excluded }) => isEverything(excluded));
  const withdrawnMs = Math.min(FOREVER_MS, ...whole.map(({ effectiveAt }) => startMs(effectiveAt)));
  const partial = consent.exclusions.filter(({ excluded }) => !isEverything(excluded));
  const endsMs = Math.min(expiryMs, majorityMs, withdrawnMs);
  // Taken back before it began, perhaps on the same day: it was never in force, but it was said.
  const from = Math.min(beginsMs, endsMs);
  const moments = [from, ...partial.map(({ effectiveAt }) => startMs(effectiveAt)), endsMs]
    .filter((ms) => ms >= from && ms <= endsMs)
    .sort((a, b) => a - b);
  const bounds = [...new Set(moments)];
  const after: WillState =
    endsMs === withdrawnMs ? 'withdrawn' : endsMs === majorityMs ? 'lapsed' : 'expired';
  return bounds.map((ms, i) => {
    const excluded = partial.filter(({ effectiveAt }) => startMs(effectiveAt) <= ms);
    const state = ms >= endsMs ? after : excluded.length > 0 ? 'narrowed' : 'in-force';
    return row(person, consent.consent, 'consent', consent, {
      state,
      valid_from: ms,
      valid_to: bounds[i + 1] ?? FOREVER_MS,
      excluded: JSON.stringify(excluded.map((e) => e.excluded)),
      until: expiryMs,
    });
  });
}

export function refusalRows(person: ActivePerson, refusal: Refusal): readonly Row[] {
  const valid_from = startMs(refusal.origin.effectiveAt);
  const row_ = { state: 'standing', valid_from, valid_to: FOREVER_MS };
  return [row(person, refusal.refusal, 'refusal', refusal, row_)];
}

export function objectionRows(person: ActivePerson, objection: Objection): readonly Row[] {
  const from = startMs(objection.origin.effectiveAt);
  const liftedMs = objection.liftedAt ? Math.max(from, startMs(objection.liftedAt)) : FOREVER_MS;
  const stretches: Row[] = [{ state: 'standing', valid_from: from, valid_to: liftedMs }];
  if (liftedMs < FOREVER_MS) stretches.push({ state: 'lifted', valid_from: liftedMs, valid_to: FOREVER_MS });
  return stretches.map((stretch) => row(person, objection.objection, 'objection', objection, stretch));
}

function row(
  person: ActivePerson,
  id: string,
  kind: string,
  said: Scope & Pick<Consent, 'by' | 'means' | 'origin'>,
  rest: Row,
): Row {
  const { items, categories, recipients, purposes } = said;
  return {
    person: person.identity.person,
    id,
    kind,
    by: JSON.stringify(said.by),
    scope: JSON.stringify({ items, categories, recipients, purposes }),
    excluded: '[]',
    means: said.means,
    since: startMs(said.origin.effectiveAt),
    until: null,
    ...rest,
  };
}

function isEverything({ items, categories, recipients, purposes }: Scope): boolean {
  return items.length + categories.length + recipients.length + purposes.length === 0;
}
