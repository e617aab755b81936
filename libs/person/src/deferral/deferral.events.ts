import type { DomainEvent, Effective } from '#decider';
import type { InstitutionId } from '#directory';
import type { LedgerConsulted } from '../access/access.events.js';
import type { PersonEvent } from '../person.events.js';
import type { DeferralId, PersonId } from '../person.ids.js';

/** On what ground the person is not told for a time. Storage format, never renamed. */
export const DEFERRAL_GROUNDS = {
  'interest-of-the-child': {
    fr: 'Intérêt de l’enfant',
    en: 'Interest of the child',
  },
  'secrecy-of-inquiry': {
    fr: 'Secret de l’enquête ou de l’instruction',
    en: 'Secrecy of an inquiry or investigation',
  },
  'safety-of-somebody': {
    fr: 'Sécurité de la personne ou d’un tiers',
    en: 'Safety of the person or of somebody else',
  },
} as const;
export type DeferralGround = keyof typeof DEFERRAL_GROUNDS;
export const DEFERRAL_GROUND_CODES = Object.keys(DEFERRAL_GROUNDS) as readonly DeferralGround[];

/** Telling the person about what stands behind this event on the stream is put off, until it is looked at again. */
export type InformationDeferred = DomainEvent<
  'InformationDeferred',
  {
    readonly deferral: DeferralId;
    readonly person: PersonId;
    /** Answers for it: it reviews and ends it. */
    readonly institution: InstitutionId;
    readonly ground: DeferralGround;
    readonly reason: string;
    /** Last day on which it may stand without having been looked at again. */
    readonly reviewBy: Effective;
  }
>;
export type InformationDeferralReviewed = DomainEvent<
  'InformationDeferralReviewed',
  { readonly reason: string; readonly reviewBy: Effective }
>;
export type InformationDeferralEnded = DomainEvent<'InformationDeferralEnded', { readonly reason: string }>;

/** What happens to a deferral itself. */
export type DeferralOwnEvent = InformationDeferred | InformationDeferralReviewed | InformationDeferralEnded;

/** Events of `deferral-<id>`: the person's key. What a person's stream can hold is what the deferral covers. */
export type DeferralEvent = DeferralOwnEvent | LedgerConsulted | PersonEvent;

const OWN: ReadonlySet<string> = new Set([
  'InformationDeferred',
  'InformationDeferralReviewed',
  'InformationDeferralEnded',
  'LedgerConsulted',
  'StreamClosed',
] satisfies DeferralEvent['type'][]);

/** Whether it is about what the deferral covers, and so will be the person's once it is revealed. */
export function isCovered(type: string): boolean {
  return !OWN.has(type);
}
