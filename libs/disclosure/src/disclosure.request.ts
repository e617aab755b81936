import { asId } from '#decider';
import { Flag, Text, Uuid } from '#http';
import type { Channel, DisclosedItem, Frame } from '#person';
import { MAX_PASSINGS } from './rules.js';

export const FRAMES = [
  'exchange',
  'care-team',
  'made-available',
  'commission-session',
  'transmission',
  'requisition',
] as const satisfies readonly Frame[];
export const CHANNELS = [
  'oral',
  'phone',
  'paper',
  'secure-messaging',
  'shared-record',
  'email',
  'other',
] as const satisfies readonly Channel[];

export const ITEMS_TIMES_RECIPIENTS = `Each once; items times recipients are at most ${MAX_PASSINGS}.`;

export class DisclosedItemRequest {
  @Uuid() item!: string;
  @Text(500, { optional: true, description: 'Why this recipient needs it for this purpose.' })
  justification?: string;
  @Flag({ optional: true, description: 'The whole file goes with it.' }) wholeFile?: boolean;
  @Flag({ optional: true, description: 'Comments go with it.' }) commentary?: boolean;
  @Flag({ optional: true, description: 'It has nothing to do with the point examined.' }) unrelated?: boolean;
}

export function disclosedItemsOf(requests: readonly DisclosedItemRequest[]): readonly DisclosedItem[] {
  return requests.map(({ item, justification, wholeFile, commentary, unrelated }) => ({
    item: asId<'Item'>(item),
    ...(justification ? { justification } : {}),
    ...(wholeFile ? { wholeFile } : {}),
    ...(commentary ? { commentary } : {}),
    ...(unrelated ? { unrelated } : {}),
  }));
}
