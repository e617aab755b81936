import { disclose, type StoredEvent, type StreamCipher } from '#event-store';
import { ERASURES_STREAM, parseLabel, type Label } from '#transparency';

const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };

/** The label that an `ErasureCompleted` names, for the entry that follows the event's own. */
export function erasedBy(event: StoredEvent): { readonly erased?: Label } {
  if (event.stream !== ERASURES_STREAM || event.type !== 'ErasureCompleted') return {};
  const erased = parseLabel(disclose(event, CLEAR).payload['label']);
  return erased === undefined ? {} : { erased };
}
