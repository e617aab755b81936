import type { DomainEvent } from '#decider';
import type { MandateId } from '#directory';
import type { StreamClosed } from '../follow-up.events.js';

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
