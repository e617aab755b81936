import type { Against, Consent } from './facts.js';

/** What has been said, by those who may, about one item for one recipient and purpose at the time of the act. */
export interface Stance {
  /** Consents that are valid. */
  readonly valid: readonly Consent[];
  /** Consents that would be, were the standing of whoever gave them established. */
  readonly doubtful: readonly Consent[];
  /** Refusals, withdrawals and objections in force. */
  readonly against: readonly Against[];
  /** The same, from somebody whose standing is not established. */
  readonly doubtfulAgainst: readonly Against[];
  /** One holder of parental authority agrees and another does not. */
  readonly disagreement: boolean;
  /** One holder agrees and another has said nothing. */
  readonly oneSilent: boolean;
  readonly nobodyMayConsent: boolean;
}
