import type { DomainEvent } from '#decider';
import type { MandateId } from '#directory';
import type { StreamClosed } from '../follow-up.events.js';
import type { PersonId } from '../person.ids.js';

/** Why somebody looks: the closed list that a question about a person chooses from. Storage format, never renamed. */
export const REASONS = {
  care: { fr: 'Soin ou accompagnement de la personne', en: 'Care or support of the person' },
  sharing: { fr: 'Préparer ou vérifier un partage', en: 'To prepare or check a sharing' },
  correction: { fr: 'Vérifier ou corriger un enregistrement', en: 'To check or correct what is on record' },
  'request-of-the-person': {
    fr: 'Répondre à une demande de la personne',
    en: 'To answer a request of the person',
  },
  audit: { fr: 'Contrôle ou audit', en: 'Supervision or audit' },
  technical: { fr: 'Exploitation du service', en: 'Operation of the service' },
} as const;
export type Reason = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as readonly Reason[];

/** Who asks: a professional under a mandate, or a program that the institution runs. */
export type Asker =
  | { readonly kind: 'mandate'; readonly mandate: MandateId }
  | { readonly kind: 'client'; readonly client: string };

/** One question, and what it was about where it was narrower than the person: an item, a disclosure. */
export interface ConsultationData {
  readonly by: Asker;
  readonly reason: Reason;
  readonly question: string;
  readonly about?: string;
}
export type LedgerConsulted = DomainEvent<'LedgerConsulted', ConsultationData>;

/** Events of `access-<person>`: the person's key. */
export type AccessEvent = LedgerConsulted | StreamClosed;

/** One page of a question over many persons, which named these. */
export interface SearchData extends Pick<ConsultationData, 'by' | 'reason' | 'question'> {
  /** Whose affairs were asked about; null: every institution's. */
  readonly institution: string | null;
  /** At most 1,000 an event. */
  readonly persons: readonly PersonId[];
}
/** The one event of `search-<id>`, in clear; a reaction leaves each person their own trace of it. */
export type LedgerSearched = DomainEvent<'LedgerSearched', SearchData>;
