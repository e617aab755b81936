import { binaryEvent, type BinaryEventData, type ResolvedEvent } from '@eventstore/db-client';
import { asId, type StreamName } from '#decider';
import { StorageFailed, type EventToAppend, type StoredEvent } from '../store.js';

/** What stands beside the body: the clear columns that the server has no field for. */
type Columns = Pick<
  EventToAppend,
  'schema' | 'recordedAt' | 'effectiveAt' | 'actor' | 'commandId' | 'correlationId' | 'causationId'
> & { readonly commitment: string };

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** @throws when the server could not give it back as it is */
export function toEventData(event: EventToAppend): BinaryEventData {
  if (!UUID.test(event.id)) throw new Error(`The event id ${event.id} is no UUID in lower case.`);
  if (event.type === '' || isSystem(event.type)) throw new Error(`No event is of type "${event.type}".`);
  const { schema, recordedAt, effectiveAt, actor, commandId, correlationId, causationId } = event;
  const commitment = Buffer.from(event.commitment).toString('base64url');
  const columns: Columns = {
    schema,
    recordedAt,
    effectiveAt,
    actor,
    commandId,
    correlationId,
    causationId,
    commitment,
  };
  return binaryEvent({
    id: event.id,
    type: event.type,
    data: event.body,
    metadata: columns,
  }) as BinaryEventData;
}

/** As a server counts that counts everything; the 23.10 one counts the data only. */
export function sizeOf({ type, data, metadata }: BinaryEventData): number {
  return data.length + JSON.stringify(metadata).length + 2 * type.length;
}

/** Names and types that begin with `$` are the server's own. */
export function isSystem(name: string): boolean {
  return name.startsWith('$');
}

/** @throws StorageFailed when it is not one of ours: a ledger is never read past what nobody understands */
export function toStoredEvent({ event }: ResolvedEvent): StoredEvent {
  const { commitment, ...columns } = (event?.metadata ?? {}) as Columns;
  const { commit, prepare } = event?.position ?? { commit: -1n, prepare: 0n };
  const isOurs = event && !event.isJson && typeof commitment === 'string' && commit === prepare;
  if (!isOurs) throw new StorageFailed(`${event?.streamId} ${event?.revision} was not written by Sillage.`);
  return {
    ...columns,
    id: asId<'Event'>(event.id),
    stream: event.streamId as StreamName,
    revision: Number(event.revision),
    position: toPosition(commit),
    type: event.type,
    commitment: Buffer.from(commitment, 'base64url'),
    body: event.data,
  };
}

/** @throws StorageFailed beyond 2^53, where a number would stand for several positions */
export function toPosition(commit: bigint): number {
  if (commit > BigInt(Number.MAX_SAFE_INTEGER))
    throw new StorageFailed('The ledger has grown beyond the positions that can be told apart.');
  return Number(commit);
}
