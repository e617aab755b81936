import { OneOf } from '#http';
import { REASON_CODES, type Reason } from './access.events.js';

/** A question about a person that asks for nothing but why. */
export class ReasonRequest {
  @OneOf(REASON_CODES, { optional: true, description: 'Needed: the person sees who looked, and why.' })
  reason?: Reason;
}
