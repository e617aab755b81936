import { accept, reject, type Decision, type Effective } from '#decider';
import type { SessionConvened } from '../commission.events.js';
import type { SessionId } from '../commission.ids.js';
import type { Constituted } from '../commission.js';

export interface ConveneSession {
  readonly session: SessionId;
  readonly on: Effective;
}

export function conveneSession(
  { sessions }: Constituted,
  { session, on }: ConveneSession,
): Decision<SessionConvened> {
  if (sessions.has(session)) return accept();
  // Who sits and who was told beforehand are asked of a day.
  if (typeof on !== 'string' && on.precision !== 'day')
    return reject({
      kind: 'contradiction',
      field: 'on',
      detail: 'A session has a day.',
      remedy: 'Give the day on which it is held.',
    });
  return accept({ type: 'SessionConvened', data: { session, on } });
}
