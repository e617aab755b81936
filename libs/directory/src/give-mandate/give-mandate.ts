import type { Catalogue } from '#catalogue';
import { accept, type Decision } from '#decider';
import { rejectInverted } from '#time';
import type { MandateData, MandateGiven } from '../institution.events.js';
import type { Institution } from '../institution.js';
import {
  emptyScope,
  noSuchInstitution,
  rejectUnknownCodes,
  rejectUnknownQuality,
  unknownReference,
} from '../rules.js';

export interface GiveMandate {
  readonly mandate: MandateData;
  /** Whether the actor is registered. */
  readonly actorKnown: boolean;
}

export function giveMandate(
  state: Institution,
  { mandate, actorKnown }: GiveMandate,
  catalogue: Catalogue,
): Decision<MandateGiven> {
  if (state.status === 'unknown') return noSuchInstitution();
  if (!actorKnown) return unknownReference('actor', 'actor of this ledger');
  if (mandate.purposes.length === 0) return emptyScope('purposes', 'The mission serves no purpose.');
  return (
    rejectUnknownCodes('purposes', 'purpose', mandate.purposes, (code) => !!catalogue.purpose(code)) ??
    rejectUnknownQuality(catalogue, '', mandate) ??
    rejectInverted('validUntil', mandate.validFrom, mandate.validUntil) ??
    accept({ type: 'MandateGiven', data: mandate, effectiveAt: mandate.validFrom })
  );
}
