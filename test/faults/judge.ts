import type { StoredEvent } from '#event-store';
import { rangeAt, rootOf, parseCheckpoint, parseNote, sameBytes } from '#transparency';
import type { LogStore } from '#log';
import { sample } from '../contract/samples.js';

/** An append that a program was told is on disk. */
export interface Acknowledged {
  readonly stream: string;
  readonly id: string;
  readonly revision: number;
  readonly count: number;
}

/** A line `ack <stream> <first id> <first revision> <count>`; undefined for any other. */
export function acknowledgedIn(line: string): Acknowledged | undefined {
  const [word, stream, id, revision, count] = line.split(' ');
  if (word !== 'ack' || count === undefined) return undefined;
  return { stream: stream!, id: id!, revision: Number(revision), count: Number(count) };
}

/** What is wrong with the ledger, in words: a list of thousands of expectations would take longer than the kills. */
export function faultsOf(events: readonly StoredEvent[], acknowledged: readonly Acknowledged[]): string[] {
  const faults: string[] = [];
  const places = new Map(events.map((event) => [`${event.stream} ${event.revision}`, event]));
  if (places.size !== events.length) faults.push('a revision is there twice');
  if (new Set(events.map((event) => event.id)).size !== events.length) faults.push('an event is there twice');
  for (const { stream, id, revision, count } of acknowledged) {
    if (places.get(`${stream} ${revision}`)?.id !== id) faults.push(`lost: ${stream} ${revision}`);
    for (let i = 1; i < count; i++)
      if (!places.has(`${stream} ${revision + i}`)) faults.push(`lost: ${stream} ${revision + i}`);
  }
  events.forEach((event, i) => {
    if (event.position !== i + 1) faults.push(`position ${event.position} stands at place ${i + 1}`);
    const { commitment } = sample(event.stream, event.revision, { id: event.id });
    const text = `${event.id} `.repeat(1 + (event.revision % 40));
    if (Buffer.from(event.body).toString() !== text) faults.push(`altered: position ${event.position}`);
    if (!Buffer.from(commitment).equals(event.commitment)) faults.push(`altered: position ${event.position}`);
  });
  return [...faults, ...tornAppends(events)];
}

/** All or nothing: an append of three events never leaves one or two of them. */
function tornAppends(events: readonly StoredEvent[]): string[] {
  const lengths = new Map<string, number>();
  const faults: string[] = [];
  for (const { stream, revision } of events) {
    if (revision !== (lengths.get(stream) ?? 0)) faults.push(`gap: ${stream} before ${revision}`);
    lengths.set(stream, revision + 1);
  }
  for (const [stream, length] of lengths) {
    let end = 0;
    while (end < length) end += 1 + ((end * 7) % 3);
    if (end !== length) faults.push(`torn: ${stream} ends at ${length}, not at ${end}`);
  }
  return faults;
}

/** Checkpoints, as they were signed, that the log does not continue. */
export function brokenCheckpoints(notes: readonly string[], log: LogStore): string[] {
  return notes.filter((note) => {
    const parsed = parseNote(note);
    const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
    if (!checkpoint.ok) return true;
    const { size, root } = checkpoint.value;
    return size > log.range.size || !sameBytes(rootOf(rangeAt(size, log)), root);
  });
}
