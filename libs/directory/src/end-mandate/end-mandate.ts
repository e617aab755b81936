import { accept, reject, type Decision, type Effective } from '#decider';
import { endsThen, rejectInverted, rejectPutOff } from '#time';
import type { MandateId } from '../directory.ids.js';
import type { MandateEnded } from '../institution.events.js';
import type { Institution } from '../institution.js';
import { noSuchInstitution } from '../rules.js';

export interface EndMandate {
  readonly mandate: MandateId;
  /** The last day, past or to come. */
  readonly until: Effective;
}

export function endMandate(state: Institution, { mandate, until }: EndMandate): Decision<MandateEnded> {
  if (state.status === 'unknown') return noSuchInstitution();
  const given = state.mandates.get(mandate);
  if (!given)
    return reject({
      kind: 'not-found',
      detail: 'There is no such mandate at this institution.',
      remedy: 'Check the address.',
    });
  if (endsThen(given.validUntil, until)) return accept();
  return (
    rejectInverted('until', given.validFrom, until) ??
    rejectPutOff('until', given.validUntil, until) ??
    accept({ type: 'MandateEnded', data: { mandate, until }, effectiveAt: until })
  );
}
