import { randomBytes, randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { asId, streamName, type Instant, type StreamName } from '#decider';
import { LogStore, Proofs, type OpenedEvent } from '#log';
import {
  checkPerson,
  commitmentOf,
  ED25519,
  encodeEntry,
  extendLog,
  formatCheckpoint,
  formatNote,
  integrate,
  nextMapEntry,
  parseProofFile,
  proveInclusion,
  rangeAt,
  rootOf,
  signatureLine,
  signerOf,
  storedBody,
  type LogPolicy,
} from '#transparency';
import { median, metric, type Metric } from './measure.js';

const ENTRIES = Number(process.env['SILLAGE_BENCH_ENTRIES'] ?? 1_000_000);
const PAGE = 5_000;
const AT = '2026-01-01T00:00:00.000Z' as Instant;
const signer = signerOf('bench.example/log', ED25519, randomBytes(32));
const policy: LogPolicy = { origin: signer.key.name, logKeys: [signer.key], witnesses: [], quorum: 0 };
const OWN = streamName('person', 'bench');
const ACCESS = streamName('access', 'bench');
const BODY = randomBytes(600);

/** Inclusion proofs and a person's whole proof, in a log of a million entries. */
export function proofBench(folder: string): Metric[] {
  const path = join(folder, 'proof.db');
  const log = LogStore.open(path);
  const [own, access] = [opened(OWN, 200), opened(ACCESS, 2_000)];
  const startMs = performance.now();
  fill(log, [...own, ...access]);
  process.stderr.write(`proof: ${log.range.size} entries in ${Math.round(performance.now() - startMs)} ms\n`);
  const size = log.range.size;
  const text = formatCheckpoint({ origin: signer.key.name, size, root: rootOf(rangeAt(size, log)) });
  const published = { note: formatNote(text, [signatureLine(text, signer)]), size };
  const proofs = new Proofs(log, { published });
  const metrics = [
    inclusion(log, size),
    ...person(
      'proof-person',
      proofs,
      new Map([
        [OWN, own],
        [streamName('access', 'nobody'), []],
      ]),
    ),
    ...person(
      'proof-consulted',
      proofs,
      new Map([
        [OWN, own],
        [ACCESS, access],
      ]),
    ),
  ];
  log.close();
  rmSync(path);
  return metrics;
}

function opened(stream: StreamName, count: number): OpenedEvent[] {
  return Array.from({ length: count }, (_, n) => ({
    opening: randomBytes(32),
    event: {
      id: asId<'Event'>('00000000-0000-7000-8000-000000000000'),
      type: 'DisclosureRecorded',
      schema: 1,
      stream,
      n,
      recordedAt: AT,
      effectiveAt: AT,
      actor: { kind: 'mandate', id: 'bench' },
      commandId: asId<'Command'>('00000000-0000-8000-8000-000000000000'),
      correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000000'),
      causationId: null,
      payload: { objective: 'x'.repeat(200) },
    },
  }));
}

/** The person's events lie scattered among those of 100,000 others. Map entries every 250,000. */
function fill(log: LogStore, mine: readonly OpenedEvent[]): void {
  const counts = new Map<StreamName, number>();
  const every = Math.floor(ENTRIES / (mine.length + 1));
  let placed = 0;
  close(log);
  for (let done = 0; done < ENTRIES; done += PAGE) {
    const events = Array.from({ length: PAGE }, (_, i) => {
      const next = mine[placed];
      if (next && done + i >= (placed + 1) * every) {
        placed++;
        const { event, opening } = next;
        const stored = storedBody(opening, event.payload);
        return { stream: event.stream, revision: event.n, commitment: commitmentOf(opening, event), stored };
      }
      const stream = streamName('other', String(randomInt(100_000)));
      const revision = counts.get(stream) ?? 0;
      counts.set(stream, revision + 1);
      return { stream, revision, commitment: randomBytes(32), stored: BODY };
    });
    const made = integrate(events, (label) => log.head(label));
    if (!made.ok) throw new Error(made.reason);
    extend(log, made.value.entries);
    if ((done + PAGE) % 250_000 === 0 || done + PAGE >= ENTRIES) close(log);
  }
}

function close(log: LogStore): void {
  extend(log, [encodeEntry(nextMapEntry(log, AT))]);
}

function extend(log: LogStore, entries: readonly Uint8Array[]): void {
  const changes = extendLog(log, entries);
  if (!changes.ok) throw new Error(changes.reason);
  log.commit(changes.value, entries);
}

function inclusion(log: LogStore, size: number): Metric {
  const times = Array.from({ length: 5_000 }, () => {
    const index = randomInt(size);
    return timedMs(() => proveInclusion(index, size, log));
  }).sort((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)]!;
  return metric(
    'proof-inclusion',
    p99,
    'ms p99',
    `a log of ${size} entries, median ${median(times).toFixed(3)}`,
    '≤ 5',
    5,
  );
}

function person(name: string, proofs: Proofs, streams: ReadonlyMap<StreamName, OpenedEvent[]>): Metric[] {
  const entries = [...streams.values()].reduce((sum, events) => sum + events.length, 0);
  const context = { policy, streams: [...streams.keys()], now: AT };
  let file = '';
  const makeMs = median(Array.from({ length: 5 }, () => timedMs(() => (file = proofs.person(streams)!))));
  const check = () =>
    timedMs(() => {
      const bundle = parseProofFile(file);
      if (!bundle.ok) throw new Error(bundle.reason);
      const { verdict } = checkPerson(bundle.value, context);
      if (verdict !== 'unaltered') throw new Error(`the proof was ${verdict}`);
    });
  const firstMs = check();
  const checkMs = median(Array.from({ length: 5 }, check));
  const [kib, first] = [Math.round(file.length / 1024), Math.round(firstMs)];
  const against = `${entries} events: ${kib} KiB, made in ${Math.round(makeMs)} ms, first check ${first} ms`;
  return [metric(name, checkMs / entries, 'ms an entry to verify', against, '≤ 0.1', 0.1)];
}

function timedMs(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
