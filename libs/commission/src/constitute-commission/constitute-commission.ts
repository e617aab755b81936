import type { Catalogue } from '#catalogue';
import { accept, reject, type Decision } from '#decider';
import { unknownCode, unknownReference } from '#directory';
import type { CommissionConstituted, CommissionData } from '../commission.events.js';
import type { Commission } from '../commission.js';

export interface ConstituteCommission {
  readonly data: CommissionData;
  readonly institutionKnown: boolean;
}

export function constituteCommission(
  state: Commission,
  { data, institutionKnown }: ConstituteCommission,
  catalogue: Catalogue,
): Decision<CommissionConstituted> {
  if (state.status === 'constituted')
    return reject({
      kind: 'already-exists',
      detail: 'This commission is constituted already.',
      remedy: 'Use the one that is there, or another Idempotency-Key.',
    });
  if (!institutionKnown) return unknownReference('institution', 'institution of this ledger');
  if (!catalogue.purpose(data.purpose)) return unknownCode('purpose', 'purpose');
  const regime = catalogue.provision(data.regime);
  if (!regime) return unknownCode('regime', 'provision');
  if (!regime.purposes.includes(data.purpose))
    return reject({
      kind: 'contradiction',
      field: 'regime',
      detail: 'This provision was not made for the purpose of the commission.',
      remedy: 'Name the provision under which its members share for this purpose.',
    });
  return accept({ type: 'CommissionConstituted', data });
}
