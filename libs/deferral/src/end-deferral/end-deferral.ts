import { accept, type Decision } from '#decider';
import type { Facts, InformationDeferralEnded, KnownDeferral } from '#person';
import { rejectEnded } from '../rules.js';

/** Nothing stands against telling the person any more. */
export function endDeferral(
  deferral: KnownDeferral,
  reason: string,
  facts: Pick<Facts, 'caller' | 'callerInstitution'>,
): Decision<InformationDeferralEnded> {
  return rejectEnded(deferral, facts) ?? accept({ type: 'InformationDeferralEnded', data: { reason } });
}
