import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { asId, streamName, type DomainEvent } from '#decider';
import { Ledger, SqliteEventStore } from '#event-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { systemClock } from '#time';
import { anEvent, removeDatabase } from './append.js';
import { withSlowFlush } from './flush.js';
import { measure, rate, type Metric } from './measure.js';

const CALLERS = 100;
const ALONE = 200;
const TOGETHER = 4_000;
const PERSONS = 1_000;
const COUNTING = { initial: 0, evolve: (count: number) => count + 1 };
const EVENT: DomainEvent = {
  type: 'DisclosureRecorded',
  data: {
    items: [randomUUID(), randomUUID()],
    objective: 'x'.repeat(350),
    basis: { provision: 'csp-l1110-4' },
  },
};

let files = 0;

/** What one flush for many is worth, where a flush takes 1 or 5 ms more; and what sealing costs beside it. */
export async function groupCommitBench(folder: string): Promise<readonly Metric[]> {
  const metrics: Metric[] = [];
  for (const [flushMs, goal] of [
    [1, 30],
    [5, 60],
  ] as const) {
    const against = `one caller, +${flushMs} ms a flush`;
    const common = { what: `${CALLERS} callers and one`, against, unit: 'events/s' };
    const clear = (count: number, callers: number) => () => appends(folder, flushMs, count, callers);
    const ours = clear(TOGETHER, CALLERS);
    metrics.push(
      await measure({ ...common, name: `group-commit-${flushMs}ms`, goal, ours, peer: clear(ALONE, 1) }),
    );
    const sealed = await SealedPersons.open(folder, flushMs);
    metrics.push(
      await measure({
        ...common,
        name: `group-commit-${flushMs}ms-sealed`,
        ours: () => sealed.decisions(TOGETHER, CALLERS),
        peer: () => sealed.decisions(ALONE, 1),
      }),
    );
    await sealed.close();
  }
  return metrics;
}

/** Sealed events through the ledger, against the same number appended in clear. */
export async function sealCostBench(folder: string): Promise<readonly Metric[]> {
  const sealed = await SealedPersons.open(folder, 1);
  const metric = await measure({
    name: 'seal-cost',
    what: 'read from cache, sealed, committed to, appended, folded',
    against: `bare appends in clear, ${CALLERS} callers, +1 ms a flush, events/s`,
    unit: 'events/s',
    goal: 0.5,
    ours: () => sealed.decisions(TOGETHER, CALLERS),
    peer: () => appends(folder, 1, TOGETHER, CALLERS),
  });
  await sealed.close();
  return [metric];
}

async function appends(folder: string, flushMs: number, count: number, callers: number): Promise<number> {
  const path = join(folder, `grouped-${files++}.db`);
  const store = SqliteEventStore.open(path, withSlowFlush(flushMs));
  const events = Array.from({ length: count }, anEvent);
  const result = await rate(count, callers, (i) => store.append(events[i]!.stream, [events[i]!], -1));
  await store.close();
  removeDatabase(path);
  return result;
}

/** A thousand persons whose keys are made. */
class SealedPersons {
  private readonly persons = Array.from({ length: PERSONS }, () => streamName('person', randomUUID()));
  private made = 0;

  private constructor(
    private readonly ledger: Ledger,
    readonly close: () => Promise<void>,
  ) {}

  static async open(folder: string, flushMs: number): Promise<SealedPersons> {
    const path = join(folder, `sealed-${files++}`);
    const store = SqliteEventStore.open(`${path}.db`, withSlowFlush(flushMs));
    const keys = SqliteKeyStore.open(`${path}-keys.db`);
    const sealing = new Sealing(keys, FileRootKey.open(`${path}.key`));
    const persons = new SealedPersons(new Ledger(store, sealing, systemClock), async () => {
      await store.close();
      await keys.close();
      removeDatabase(`${path}.db`);
    });
    await persons.decisions(PERSONS, CALLERS);
    return persons;
  }

  decisions(count: number, callers: number): Promise<number> {
    return rate(count, callers, async () => {
      const n = this.made++;
      const id = randomUUID();
      const context = {
        actor: { kind: 'mandate' as const, id: 'bench' },
        commandId: asId<'Command'>(id),
        correlationId: asId<'Correlation'>(id),
        digest: 'bench',
      };
      await this.ledger.decide(this.persons[n % PERSONS]!, COUNTING, context, () => ({
        kind: 'accepted',
        events: [EVENT],
      }));
    });
  }
}
