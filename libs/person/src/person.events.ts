import type { DisclosureEvent } from './disclosure.events.js';
import type { FollowUpEvent } from './follow-up.events.js';
import type { IdentityEvent } from './identity.events.js';
import type { ItemEvent } from './item.events.js';
import type { WillEvent } from './will.events.js';

/** Everything that can stand on a person's stream. */
export type PersonEvent = IdentityEvent | WillEvent | ItemEvent | DisclosureEvent | FollowUpEvent;
