import type { Catalogue } from '#catalogue';
import { accept, type Decision } from '#decider';
import { rejectInverted } from '#time';
import type { MandateData, MandateGiven } from '../institution.events.js';
import type { Institution } from '../institution.js';
import { emptyScope, noSuchInstitution, rejectUnknownCodes, unknownReference } from '../rules.js';

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
  const bindings = mandate.secrecy.map(({ binding }) => binding);
  return (
    rejectUnknownCodes('purposes', 'purpose', mandate.purposes, (code) => !!catalogue.purpose(code)) ??
    rejectUnknownCodes('categories', 'category of professionals', mandate.categories, (code) =>
      isCarried(catalogue, code),
    ) ??
    rejectUnknownCodes('secrecy', 'binding', bindings, (code) => !!catalogue.binding(code)) ??
    rejectInverted('validUntil', mandate.validFrom, mandate.validUntil) ??
    accept({ type: 'MandateGiven', data: mandate, effectiveAt: mandate.validFrom })
  );
}

/** `any` and `any-bound-by-secrecy` stand in provisions; nobody carries them. */
function isCarried(catalogue: Catalogue, code: string): boolean {
  return catalogue.actorCategory(code)?.wildcard === false;
}
