import { asCode, asId } from '#decider';
import { Flag, optionally, Text, Uuid } from '#http';
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

/** What a report, and a correction, may each say of an act: as much as somebody knows. */
interface ActTold {
  readonly items?: readonly DisclosedItemRequest[];
  readonly purpose?: string;
  readonly objective?: string;
  readonly benefit?: string;
  readonly frame?: Frame;
  readonly session?: string;
  readonly channel?: Channel;
  readonly retentionRule?: string;
  readonly retainUntil?: string;
  readonly responsibleManager?: string;
}

export function actToldIn(told: ActTold) {
  const { items, purpose, objective, benefit, frame, session, channel } = told;
  const { retentionRule, retainUntil, responsibleManager } = told;
  return {
    ...(items ? { items: disclosedItemsOf(items) } : {}),
    ...(purpose ? { purpose: asCode<'Purpose'>(purpose) } : {}),
    ...(objective ? { objective } : {}),
    ...(benefit ? { benefit } : {}),
    ...(frame ? { frame } : {}),
    ...(session ? { session } : {}),
    ...(channel ? { channel } : {}),
    ...(retentionRule ? { retentionRule: asCode<'Retention'>(retentionRule) } : {}),
    ...(responsibleManager ? { responsibleManager } : {}),
    ...optionally('retainUntil', retainUntil),
  };
}
