import { accept, reject, type Decision } from '#decider';
import type { ActivePerson, ErasureRequested } from '#person';
import type { Rejected } from '#time';
import { GROUNDS_TO_KEEP, type GroundToKeep } from '../erasures.js';

export interface RequestErasure {
  readonly request: string;
  /** Grounds to keep that apply, as the controller has examined them; empty: none does. */
  readonly groundsToKeep: readonly GroundToKeep[];
}

/** GDPR 17: nothing is erased under a legal hold, or where a ground of 17(3) applies. */
export function requestErasure(person: ActivePerson, command: RequestErasure): Decision<ErasureRequested> {
  if (person.erasureRequested) return accept();
  const rejected = rejectHeld(person) ?? rejectGrounds(command);
  return rejected ?? accept({ type: 'ErasureRequested', data: { request: command.request } });
}

export function rejectHeld({ legalHolds }: ActivePerson): Rejected | undefined {
  if (legalHolds.isEmpty()) return undefined;
  return reject({
    kind: 'not-permitted',
    detail: 'A legal hold forbids the erasure.',
    remedy: 'Have the legal hold lifted first (POST …/legal-holds/<hold>/lift).',
    choices: [...legalHolds.keys()],
  });
}

function rejectGrounds({ groundsToKeep }: RequestErasure): Rejected | undefined {
  const [ground] = groundsToKeep;
  if (ground === undefined) return undefined;
  return reject({
    kind: 'not-permitted',
    field: 'groundsToKeep[0]',
    detail: `A ground to keep the data applies (${GROUNDS_TO_KEEP[ground]}).`,
    remedy: 'Tell the person why the data are kept, and ask again when no ground applies any more.',
  });
}
