import { List, Set as ImmutableSet } from 'immutable';
import { accept, streamName, type Decision, type DomainEvent, type Fold, type Recorded } from '#decider';
import type { ActivePerson, Person } from '#person';
import { ERASURES_STREAM, type Label } from '#transparency';

export const ERASURES = streamName(ERASURES_STREAM);

/** One label, and nothing else: whose it was, nobody can tell from it. */
export type ErasureCompleted = DomainEvent<'ErasureCompleted', { readonly label: Label }>;

/** Labels of which nothing is left but what the log holds. */
export const erasuresFold: Fold<ImmutableSet<Label>, Recorded<ErasureCompleted>> = {
  initial: ImmutableSet(),
  evolve: (labels, { data }) => labels.add(data.label),
};

export function completeLabel(labels: ImmutableSet<Label>, label: Label): Decision<ErasureCompleted> {
  return labels.has(label) ? accept() : accept({ type: 'ErasureCompleted', data: { label } });
}

/** Any stream, as far as its end is concerned. */
export const endFold: Fold<boolean, Recorded<DomainEvent>> = {
  initial: false,
  evolve: (closed, { type }) => closed || type === 'StreamClosed',
};

/** A person of whom only the notices can be read. */
export type ErasingPerson = ActivePerson & { readonly erasureRequested: object };

export function isErasing(person: Person): person is ErasingPerson {
  return person.status === 'active' && person.erasureRequested !== null;
}

/** Grounds on which the law lets data be kept although erasure is asked for (GDPR 17(3)). */
export const GROUNDS_TO_KEEP = {
  expression: 'GDPR 17(3)(a): freedom of expression and information',
  'legal-obligation': 'GDPR 17(3)(b): legal obligation, or a task of public interest',
  'public-health': 'GDPR 17(3)(c): public interest in public health',
  archiving: 'GDPR 17(3)(d): archiving, research or statistics',
  'legal-claims': 'GDPR 17(3)(e): legal claims',
} as const;
export type GroundToKeep = keyof typeof GROUNDS_TO_KEEP;
export const GROUND_CODES = Object.keys(GROUNDS_TO_KEEP) as readonly GroundToKeep[];

export function openNotices(person: ActivePerson): number {
  return List(person.notices.values()).count(({ state }) => state === 'open');
}
