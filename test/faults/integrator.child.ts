import { setTimeout as sleep } from 'node:timers/promises';
import { asId, streamName, type StreamName } from '#decider';
import { enclose, newEventId, SqliteEventStore, type StreamCipher } from '#event-store';
import { LogKeeper, LogKeys } from '#log';
import { epochMs, systemClock } from '#time';
import { base64 } from '#transparency';

/**
 * Writes events and keeps their log until it is killed; tells each checkpoint on standard output once it is served:
 * `checkpoint <base64 of the signed note>`. Starts with `ready`.
 */
const [folder, run] = process.argv.slice(2) as [string, string];
const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };
const STREAMS = 12;

const store = SqliteEventStore.open(`${folder}/ledger.db`);
const keys = LogKeys.open(folder, undefined, 'killed.example/log');
const keeper = await LogKeeper.open({ store, clock: systemClock, path: `${folder}/log.db`, keys });
process.stdout.write('ready\n');

async function write(stream: StreamName): Promise<never> {
  for (let revision = 0; ; revision++) {
    const now = systemClock.now();
    const id = newEventId(epochMs(now));
    const clear = {
      id,
      stream,
      revision,
      type: 'Written',
      schema: 1,
      recordedAt: now,
      effectiveAt: now,
      actor: { kind: 'client', id: 'burst' },
      commandId: asId<'Command'>(id),
      correlationId: asId<'Correlation'>(id),
      causationId: null,
    } as const;
    await store.append(stream, [enclose(clear, { n: revision }, CLEAR)], revision - 1);
    await sleep(1);
  }
}

async function keep(): Promise<never> {
  for (;;) {
    await sleep(3);
    await keeper.turn();
    await keeper.checkpoint();
    const { published } = keeper.publisher;
    if (published) process.stdout.write(`checkpoint ${base64(Buffer.from(published.note))}\n`);
  }
}

await Promise.all([
  keep(),
  ...Array.from({ length: STREAMS }, (_, i) => write(streamName('institution', `${run}.${i}`))),
]);
