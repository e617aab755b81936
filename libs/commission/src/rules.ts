import { reject } from '#decider';
import type { Rejected } from '#time';

export function noSuchCommission(): Rejected {
  return reject({
    kind: 'not-found',
    detail: 'There is no such commission that you may see.',
    remedy: 'Check the address.',
  });
}

export function noSuchMember(): Rejected {
  return reject({
    kind: 'not-found',
    detail: 'This mandate has no seat in this commission.',
    remedy: 'Check the address.',
  });
}
