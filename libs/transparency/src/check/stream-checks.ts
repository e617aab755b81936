import type { StreamName } from '#decider';
import { sameBytes } from '../bytes.js';
import { sha256, type Hash } from '../crypto.js';
import { opens } from '../log/commitment.js';
import { NO_PREVIOUS, type EventEntry, type MapEntry } from '../log/entry.js';
import { labelOf, type LabelHead } from '../log/label.js';
import { parseEntry } from '../log/parse-entry.js';
import { bucketOf, readBucket, stateHash } from '../map/bucket.js';
import { verifyBucket } from '../map/map.js';
import { leafHash } from '../merkle/hashes.js';
import { verifyInclusion } from '../merkle/verify.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import type { Check, CheckName, ProvedEvent, StreamProof } from './bundle.js';

/** An event of the file with its entry as read; undefined entry: it cannot be read, or is no event. */
interface ReadEvent extends ProvedEvent {
  readonly leaf: Hash;
  readonly parsed: EventEntry | undefined;
}

/** Where the stream stood at the earlier check, and whether the log declares as lost what came about then. */
interface Earlier {
  readonly head: LabelHead | undefined;
  readonly lost: boolean;
}

/** Everything about one stream that needs no times. `head`: where the stream stands, by the file. */
export function checkStream(
  proof: StreamProof,
  checkpoint: Checkpoint,
  map: MapEntry,
  earlier: Earlier,
): { readonly checks: readonly Check[]; readonly head: LabelHead } {
  const events = proof.events.map(readEvent);
  const head = { count: events.length, last: events.at(-1)?.leaf ?? NO_PREVIOUS };
  const checks = [
    checkBucket(proof, map),
    checkCount(proof, head),
    checkChain(proof.stream, events),
    checkInclusion(proof.stream, events, checkpoint),
    checkOpenings(proof.stream, events),
    checkEarlierEvents(proof.stream, events, earlier),
  ];
  return { checks, head };
}

function readEvent(event: ProvedEvent): ReadEvent {
  const parsed = parseEntry(event.entry);
  const entry = parsed.ok && parsed.value.kind === 'event' ? parsed.value : undefined;
  return { ...event, leaf: leafHash(event.entry), parsed: entry };
}

function checkBucket({ stream, bucket: { contents, proof } }: StreamProof, map: MapEntry): Check {
  const found = verifyBucket(bucketOf(labelOf(stream)), contents, proof, map.root);
  return found
    ? passed('bucket', stream, 'What the map says about this stream is proved.')
    : failed('bucket', stream, "The part of the map that is shown for this stream is not the checkpoint's.");
}

/** The map binds number and last leaf: an event left out, added or cut off at the end does not match. */
function checkCount({ stream, bucket: { contents } }: StreamProof, head: LabelHead): Check {
  const answer = readBucket(contents, labelOf(stream));
  if (answer.kind === 'malformed') return failed('events', stream, 'The part of the map shown is malformed.');
  if (answer.kind === 'absent')
    return head.count === 0
      ? passed('events', stream, 'The map proves that this stream has no event.')
      : failed('events', stream, 'The file shows events that the map does not know.');
  return sameBytes(answer.stateHash, stateHash(labelOf(stream), head))
    ? passed('events', stream, `The map counts the same ${head.count} events as the file.`)
    : failed(
        'events',
        stream,
        `The map does not stand for the ${head.count} events of the file: some are hidden.`,
      );
}

function checkChain(stream: StreamName, events: readonly ReadEvent[]): Check {
  const label = labelOf(stream);
  let [last, index] = [NO_PREVIOUS, -1];
  for (const [n, event] of events.entries()) {
    const { parsed } = event;
    if (parsed === undefined) return failed('chain', stream, `The entry of event ${n} cannot be read.`);
    if (parsed.label !== label)
      return failed('chain', stream, `The entry of event ${n} is of another stream.`);
    if (parsed.n !== n)
      return failed('chain', stream, `Event ${n} is missing: ${parsed.n} stands in its place.`);
    if (!sameBytes(parsed.previous, last))
      return failed('chain', stream, `Event ${n} does not follow the one before it.`);
    if (event.index <= index)
      return failed('chain', stream, `Event ${n} stands before its predecessor in the log.`);
    [last, index] = [event.leaf, event.index];
  }
  return passed('chain', stream, 'Each event names the one before it.');
}

function checkInclusion(stream: StreamName, events: readonly ReadEvent[], { size, root }: Checkpoint): Check {
  const missing = events.findIndex(
    ({ index, leaf, proof }) => !verifyInclusion({ index, size, leaf, proof, root }),
  );
  return missing < 0
    ? passed('inclusion', stream, 'Each event is in the log.')
    : failed('inclusion', stream, `Event ${missing} is not in the log.`);
}

function checkOpenings(stream: StreamName, events: readonly ReadEvent[]): Check {
  for (const [n, { event, opening, parsed, stored }] of events.entries()) {
    if (event.stream !== stream) return failed('openings', stream, `Event ${n} belongs to another stream.`);
    if (event.n !== n) return failed('openings', stream, `Event ${n} says that it is event ${event.n}.`);
    if (parsed === undefined || !opens(parsed.commitment, opening, event))
      return failed('openings', stream, `Event ${n} is not what was committed to.`);
    if (stored !== undefined && !sameBytes(sha256(stored), parsed.stored))
      return failed('openings', stream, `The stored bytes of event ${n} are not those that were logged.`);
  }
  return passed('openings', stream, 'Each event is word for word what was logged.');
}

function checkEarlierEvents(
  stream: StreamName,
  events: readonly ReadEvent[],
  { head: earlier, lost }: Earlier,
): Check {
  if (earlier === undefined)
    return { name: 'earlier-events', stream, verdict: 'skipped', sentence: 'No earlier check was kept.' };
  const kept = earlier.count === 0 ? NO_PREVIOUS : events[earlier.count - 1]?.leaf;
  if (kept !== undefined && sameBytes(kept, earlier.last))
    return passed('earlier-events', stream, 'The events of the earlier check are all there, unchanged.');
  return lost
    ? {
        name: 'earlier-events',
        stream,
        verdict: 'warned',
        sentence: `Of the ${earlier.count} events of the earlier check some are gone: they were in the log, in the part that it declares as lost.`,
      }
    : failed(
        'earlier-events',
        stream,
        `The ${earlier.count} events of the earlier check are not there as they were.`,
      );
}

export function passed(name: CheckName, stream: StreamName, sentence: string): Check {
  return { name, stream, verdict: 'passed', sentence };
}

export function failed(name: CheckName, stream: StreamName, sentence: string): Check {
  return { name, stream, verdict: 'failed', sentence };
}
