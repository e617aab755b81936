import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Decision, Recorded } from '#decider';
import { SqliteEventStore, type Ledger, type Outcome } from '#event-store';
import { box, boxCommand, boxNode, put, STREAM, take, withMethods, type Box, type BoxEvent } from './box.js';

interface Command {
  /** Two commands with one key are the same request, sent twice. */
  readonly key: number;
  readonly decide: (items: Box) => Decision<BoxEvent>;
}

const NODES = 3;
const ITEMS = ['lamp', 'vase'] as const;
/** What a command does follows from its key, so that a repetition is a true one. */
const command = fc.nat(11).map((key): Command => {
  const item = ITEMS[key % 2]!;
  return { key, decide: key % 3 === 0 ? take(item) : put(item) };
});
const workload = fc.array(fc.array(command, { maxLength: 6 }), { minLength: NODES, maxLength: NODES });

describe('three nodes over one store', () => {
  it('decide as one node would that took the commands in some order', async () => {
    await fc.assert(
      fc.asyncProperty(workload, fc.scheduler(), async (commands, scheduler) => {
        const folder = mkdtempSync(join(tmpdir(), 'sillage-model-'));
        const store = SqliteEventStore.open(join(folder, 'ledger.db'));
        const delayed = withMethods(store, {
          append: scheduler.scheduleFunction(store.append.bind(store)),
          read: scheduler.scheduleFunction(store.read.bind(store)),
          head: scheduler.scheduleFunction(store.head.bind(store)),
        });
        try {
          const running = commands.map((list) => runInOrder(boxNode(delayed), list));
          const outcomes = (await scheduler.waitFor(Promise.all(running))).flat();
          const events = await boxNode(store).codec.open(await store.read(STREAM, 0, 1000));
          compareWithModel(commands.flat(), outcomes, events as Recorded<BoxEvent>[]);
        } finally {
          await store.close();
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});

async function runInOrder(node: Ledger, commands: readonly Command[]): Promise<Outcome<BoxEvent>[]> {
  const outcomes: Outcome<BoxEvent>[] = [];
  for (const { key, decide } of commands)
    outcomes.push(await node.decide(STREAM, box, boxCommand(key), decide));
  return outcomes;
}

/**
 * The stream's order is the order of the commands. `states[n]` is what the first n events make, so each answer
 * must be what the decision comes to in the state at which it was given.
 */
function compareWithModel(
  commands: readonly Command[],
  outcomes: readonly Outcome<BoxEvent>[],
  events: readonly Recorded<BoxEvent>[],
): void {
  const states: Box[] = [box.initial];
  for (const event of events) states.push(box.evolve(states.at(-1)!, event));
  const at = (position: number) => states[events.findLastIndex((e) => e.position <= position) + 1]!;
  commands.forEach(({ key, decide }, i) => {
    const { commandId } = boxCommand(key);
    const own = events.filter((event) => event.commandId === commandId);
    const outcome = outcomes[i]!;
    expect(own.length).toBeLessThanOrEqual(1);
    if (outcome.kind === 'rejected') expect(decide(at(outcome.position)).kind).toBe('rejected');
    else if (outcome.kind === 'recorded' && outcome.events.length === 0)
      expect(decide(states[outcome.revision + 1]!)).toEqual({ kind: 'accepted', events: [] });
    else if (outcome.kind === 'recorded') {
      expect(outcome.events.map((event) => event.id)).toEqual(own.map((event) => event.id));
      const { type, data, revision } = own[0]!;
      expect(decide(states[revision]!)).toEqual({ kind: 'accepted', events: [{ type, data }] });
    } else expect(outcome.kind).toBe('contended');
  });
  const answered = outcomes.flatMap((o) => (o.kind === 'recorded' ? o.events.map((e) => e.id) : []));
  expect(new Set(answered)).toEqual(new Set(events.map((event) => event.id)));
}
