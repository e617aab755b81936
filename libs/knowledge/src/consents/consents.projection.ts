import {
  consentPeriod,
  lapseMs,
  lasting,
  overtakingConsent,
  overtakingRefusal,
  standing,
  type ActivePerson,
  type Consent,
  type Objection,
  type Overtaking,
  type Passing,
  type Refusal,
  type Scope,
} from '#person';
import { covers, endMs, FOREVER_MS, startMs } from '#time';
import type { Row, Table } from '#read-store';
import { isAbout, sortsOf } from './sorts.js';

export const WILL_STATES = [
  'not-yet',
  'in-force',
  'narrowed',
  'overtaken',
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
    overtaken_by: 'TEXT',
    means: 'TEXT',
    since: 'INTEGER',
    until: 'INTEGER',
  },
  scope: ['person', 'id'],
};

/** How something stands at one moment, and what has taken something out of it by then. */
interface Standing {
  readonly state: WillState;
  readonly takenOutBy: readonly Overtaking[];
}

/** From when it is said; before it begins it is not in force yet. */
export function consentRows(person: ActivePerson, consent: Consent): readonly Row[] {
  const overtaking = overtakingConsent(person, consent);
  const { fromMs, untilMs } = consentPeriod(person, consent);
  const left = partsOf(person, consent, overtaking);
  const withdrawals = overtaking.filter(({ kind }) => kind === 'withdrawal');
  const ended = untilMs === lapseMs(person, consent.by) && untilMs < FOREVER_MS ? 'lapsed' : 'expired';
  const bounds = [fromMs, untilMs, ...overtaking.flatMap((one) => lasting(one).flat())];
  const rows = stretchesFrom(startMs(consent.origin.effectiveAt), bounds, (ms) => {
    const takenOutBy = left.takenOutBy(overtaking, ms);
    const stands = (state: WillState): Standing => ({ state, takenOutBy });
    if (left.isGone(withdrawals, Math.min(ms, untilMs - 1))) return stands('withdrawn');
    if (ms >= untilMs) return stands(ended);
    if (ms < fromMs) return stands('not-yet');
    if (takenOutBy.length === 0) return stands('in-force');
    return stands(left.isGone(overtaking, ms) ? 'overtaken' : 'narrowed');
  });
  return rows.map((stretch) =>
    row(person, consent.consent, 'consent', consent, { ...stretch, until: endMs(consent.validUntil) }),
  );
}

export function refusalRows(person: ActivePerson, refusal: Refusal): readonly Row[] {
  const overtaking = overtakingRefusal(person, refusal);
  const left = partsOf(person, refusal, overtaking);
  const bounds = overtaking.flatMap((one) => lasting(one).flat());
  const rows = stretchesFrom(startMs(refusal.origin.effectiveAt), bounds, (ms) => {
    const takenOutBy = left.takenOutBy(overtaking, ms);
    if (takenOutBy.length === 0) return { state: 'standing', takenOutBy };
    return { state: left.isGone(overtaking, ms) ? 'overtaken' : 'narrowed', takenOutBy };
  });
  return rows.map((stretch) => row(person, refusal.refusal, 'refusal', refusal, stretch));
}

export function objectionRows(person: ActivePerson, objection: Objection): readonly Row[] {
  const period = lasting(standing(objection));
  const rows = stretchesFrom(startMs(objection.origin.effectiveAt), period.flat(), (ms) => ({
    state: covers(period, ms) ? 'standing' : 'lifted',
    takenOutBy: [],
  }));
  return rows.map((stretch) => row(person, objection.objection, 'objection', objection, stretch));
}

/** Every sort of passing that something is about, and what is left of them. */
function partsOf(person: ActivePerson, said: Consent | Refusal, overtaking: readonly Overtaking[]) {
  const parts = sortsOf(person, [said, ...overtaking.map(({ scope }) => scope)]).filter((part) =>
    isAbout(said, part),
  );
  const at = (all: readonly Overtaking[], ms: number) => all.filter((one) => covers(lasting(one), ms));
  const takes = (part: Passing) => (one: Overtaking) => one.takes(part);
  return {
    takenOutBy: (all: readonly Overtaking[], ms: number) =>
      at(all, ms).filter((one) => parts.some((part) => one.takes(part))),
    isGone: (all: readonly Overtaking[], ms: number) => parts.every((part) => at(all, ms).some(takes(part))),
  };
}

function stretchesFrom(
  sinceMs: number,
  moments: readonly number[],
  standingAt: (ms: number) => Standing,
): readonly Row[] {
  const bounds = [...new Set([sinceMs, ...moments])].filter((ms) => ms >= sinceMs && ms < FOREVER_MS);
  return bounds
    .sort((a, b) => a - b)
    .map((ms, i) => {
      const { state, takenOutBy } = standingAt(ms);
      const excluded = takenOutBy.filter(({ kind, scope }) => kind === 'withdrawal' && !isEverything(scope));
      const by = takenOutBy.filter(({ kind }) => kind !== 'withdrawal');
      return {
        state,
        valid_from: ms,
        valid_to: bounds[i + 1] ?? FOREVER_MS,
        excluded: JSON.stringify(excluded.map(({ scope }) => named(scope))),
        overtaken_by: JSON.stringify(by.map(({ kind, id, scope }) => ({ kind, id, scope: named(scope) }))),
      };
    });
}

function isEverything({ items, categories, recipients, purposes }: Scope): boolean {
  return items.length + categories.length + recipients.length + purposes.length === 0;
}

function named({ items, categories, recipients, purposes }: Scope): Scope {
  return { items, categories, recipients, purposes };
}

function row(
  person: ActivePerson,
  id: string,
  kind: string,
  said: Scope & Pick<Consent, 'by' | 'means' | 'origin'>,
  rest: Row,
): Row {
  return {
    person: person.identity.person,
    id,
    kind,
    by: JSON.stringify(said.by),
    scope: JSON.stringify(named(said)),
    means: said.means,
    since: startMs(said.origin.effectiveAt),
    until: null,
    ...rest,
  };
}
