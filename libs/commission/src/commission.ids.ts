import { streamName, type Id, type StreamName } from '#decider';

export type CommissionId = Id<'Commission'>;
export type SessionId = Id<'Session'>;
/** Of a `CaseReferred` on a person's stream. */
export type CaseId = Id<'Case'>;

export function commissionStream(commission: CommissionId): StreamName {
  return streamName('commission', commission);
}
