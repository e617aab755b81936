import { asCode, recorded } from '#decider';
import type { KnownMandate } from '#directory';
import { institutionStream } from '#directory';
import { personTesting } from '#person';
import { civilDate } from '#time';
import type { CommissionData, CommissionEvent } from './commission.events.js';
import { commissionFold, type Commission, type Constituted } from './commission.js';

const { id, SSIAD } = personTesting;

export const ccapex: CommissionData = {
  commission: id('Commission', 1),
  kind: 'CCAPEX',
  name: 'CCAPEX du Vernay',
  institution: SSIAD,
  purpose: asCode<'Purpose'>('eviction-prevention'),
  regime: asCode<'Provision'>('loi-90-449-7-2-to-instructor'),
};

export const constituted = { type: 'CommissionConstituted', data: ccapex } as const;

export function appointed(n: number, until?: string): CommissionEvent {
  const validFrom = civilDate('2026-01-01');
  const end = until ? { validUntil: civilDate(until) } : {};
  return {
    type: 'MemberAppointed',
    data: { mandate: id('Mandate', n), institution: SSIAD, validFrom, ...end },
    effectiveAt: validFrom,
  };
}

export function commissionOf(...events: readonly CommissionEvent[]): Commission {
  return events.reduce((s, event, i) => commissionFold.evolve(s, recorded(event, i)), commissionFold.initial);
}

/** The constituted commission, with what happened to it since. */
export function ccapexWith(...events: readonly CommissionEvent[]): Constituted {
  return commissionOf(constituted, ...events) as Constituted;
}

export function mandateOf(n: number, until?: string): KnownMandate {
  const mandate = personTesting.nurseMandate({
    mandate: id('Mandate', n),
    ...(until ? { validUntil: civilDate(until) } : {}),
  });
  return { mandate, institution: SSIAD, stream: institutionStream(SSIAD), revision: 7 };
}

export const convened: CommissionEvent = {
  type: 'SessionConvened',
  data: { session: id('Session', 1), on: civilDate('2026-04-21') },
};
export const onAgenda: CommissionEvent = {
  type: 'AgendaItemAdded',
  data: { session: id('Session', 1), case: id('Case', 1) },
};
/** Member 1, and mandate 3 as a guest. */
export const attended: CommissionEvent = {
  type: 'AttendanceRecorded',
  data: {
    session: id('Session', 1),
    case: id('Case', 1),
    present: [id('Mandate', 1)],
    guests: [id('Mandate', 3)],
  },
  effectiveAt: civilDate('2026-04-21'),
};
export const closed: CommissionEvent = {
  type: 'SessionClosed',
  data: { session: id('Session', 1) },
  effectiveAt: civilDate('2026-04-21'),
};
