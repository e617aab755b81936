import type { ConsentId, ProvisionCode } from './person.ids.js';

/** What ends it: a consent’s withdrawal; for `absence-of-objection`, `exception`: anybody against; else nothing. */
export type RestsOn =
  'consent' | 'absence-of-objection' | 'provision' | 'exception' | 'safety-rule' | 'human-decision';

export interface Basis {
  readonly provision?: ProvisionCode;
  /** Where something else carries it: those that carry a part of it. */
  readonly consents: readonly ConsentId[];
  readonly restsOn: RestsOn;
}
