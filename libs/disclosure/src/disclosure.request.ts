import { asId } from '#decider';
import type { DisclosedItem } from '#person';
import type { DisclosedItemRequest } from './record-disclosure/record-disclosure.controller.js';

export { CHANNELS, DisclosedItemRequest, FRAMES } from './record-disclosure/record-disclosure.controller.js';

export function disclosedItemsOf(requests: readonly DisclosedItemRequest[]): readonly DisclosedItem[] {
  return requests.map(({ item, justification, wholeFile, commentary }) => ({
    item: asId<'Item'>(item),
    ...(justification ? { justification } : {}),
    ...(wholeFile ? { wholeFile } : {}),
    ...(commentary ? { commentary } : {}),
  }));
}
