import { asCode, asId, recorded, type Recorded } from '#decider';
import {
  personFold,
  personTesting,
  type ActivePerson,
  type AssessedDuty,
  type Declared,
  type DisclosureAssessed,
  type Holder,
  type PersonEvent,
} from '#person';
import { civilDate, startMs } from '#time';
import { elsewhereFold } from '../elsewhere/elsewhere.js';
import { Judgements } from '../findings/judged.js';
import { touchedActs } from '../findings/touched.js';
import { dutyChanges } from './affected-duties.js';
import { dutyStateAt } from './duties.projection.js';
import type { Row } from '#read-store';

const { CCAS, described, id, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;
export const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD } as const;
export const worker = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
export const guard = { kind: 'outsider', outsider: id('Outsider', 1) } as const;
export const ITEM = id('Item', 1);

/** What is owed on a day: `kind state`. */
export function owedOn(day: string, rows: readonly Row[]): readonly string[] {
  const ms = startMs(civilDate(day));
  return rows
    .map((row) => [row['kind'], dutyStateAt(row, ms)] as const)
    .filter(([, state]) => state !== undefined)
    .map(([kind, state]) => `${String(kind)} ${state}`);
}

/** Act `n`: item 1, to be kept until 2026-12-31. */
export function acted(n: number, to: Holder, day: string, from: typeof nurse = nurse): PersonEvent {
  return {
    type: 'DisclosureRecorded',
    data: {
      disclosure: id('Disclosure', n),
      discloser: from,
      items: [{ item: ITEM }],
      recipients: [to],
      purpose: asCode('care-coordination'),
      basis: { consents: [], restsOn: 'provision' },
      frame: 'exchange',
      channel: 'phone',
      retainUntil: civilDate('2026-12-31'),
      cites: [],
    },
    effectiveAt: civilDate(day),
  };
}

/** As the assessment names a mandate. */
function withoutInstitution(holder: Holder) {
  return holder.kind === 'mandate' ? { kind: holder.kind, mandate: holder.mandate } : holder;
}

/** What the assessment of act `n` left to be done, each by the end of March. */
export function assessed(
  n: number,
  to: Holder,
  kinds: Readonly<Record<string, Holder | undefined>>,
  declared: Declared = {},
): PersonEvent {
  const duties = Object.entries(kinds).map(([kind, debtor]) => ({
    kind,
    debtor: withoutInstitution(debtor ?? nurse),
    recipient: withoutInstitution(to),
    items: [ITEM],
    deadline: civilDate('2026-03-31'),
    standing: kind === 'no-onward-sharing' || kind === 'notify-changes',
  })) as readonly AssessedDuty[];
  const data = { disclosure: id('Disclosure', n), duties, declared, points: [] };
  return { type: 'DisclosureAssessed', data: data as unknown as DisclosureAssessed['data'] };
}

/** What one event after the other leaves on record about duties, by what they are about; and the person at the end. */
export function projected(...events: readonly PersonEvent[]) {
  const registered: PersonEvent = {
    type: 'PersonRegistered',
    data: {
      person: id('Person', 1),
      familyName: 'L.',
      givenName: 'Henri',
      birthDate: '1948-03-12',
      distinctFrom: [],
    },
  };
  const rows = new Map<string, readonly Row[]>();
  let before: ActivePerson | undefined;
  for (const [n, event] of [registered, described(), ...events].entries()) {
    const happened = {
      ...recorded(event, n),
      id: asId<'Event'>(`event-${n}`),
      ...(event.effectiveAt ? { effectiveAt: event.effectiveAt } : {}),
    } as Recorded<PersonEvent>;
    const after = personFold.evolve(before ?? personFold.initial, happened) as ActivePerson;
    const judgements = new Judgements(after, elsewhereFold.initial);
    const touched = touchedActs(judgements, happened);
    for (const [about, changed] of dutyChanges(before, judgements, happened, touched))
      rows.set(about, changed);
    before = after;
  }
  return { rows, person: before! };
}
