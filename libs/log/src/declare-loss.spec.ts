import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFileSync, rmSync } from 'node:fs';
import { streamName } from '#decider';
import { openDatabase, SqliteEventStore } from '#event-store';
import {
  base64,
  COSIGNATURE_V1,
  formatVerifierKey,
  keyPolicy,
  labelOf,
  openLog,
  parseKeysFile,
  parseTilePath,
  entryBundle,
  sha256,
  signerOf,
  verifierKey,
  ED25519,
  type Checkpoint,
} from '#transparency';
import { LogKeeper } from './keeper.js';
import { LogKeys } from './log-keys.file.js';
import { LogStore } from './log-store.js';
import { Proofs } from './proofs.js';
import { LogBox, signer } from './testing.js';
import { LogReplayer, type Before } from './witness/replayer.js';
import { FileState } from './witness/state.file.js';
import { Witness } from './witness/witness.js';

const NEW = 'again.example/log';
const OLD = signer.key.name;
const newKey = verifierKey(NEW, ED25519, signer.key.publicKey);

let box: LogBox;
let keeper: LogKeeper;
let shown: Checkpoint;
let opened: { close(): unknown }[];

/** Three checkpoints of the log are shown, of 5, 9 and 13 entries; then the ledger loses its end. */
beforeEach(async () => {
  box = new LogBox();
  opened = [];
  keeper = await open();
  for (let i = 0; i < 3; i++) await grow(3);
  shown = keeper.publisher.lastShown!;
});
afterEach(async () => {
  await keeper.close();
  for (const one of opened) await one.close();
  await box.remove();
});

function open(path = box.path()): Promise<LogKeeper> {
  const known = new FileState(box.path('log.shown'));
  return LogKeeper.open({
    store: box.store,
    clock: box.clock,
    path,
    keys: LogKeys.of(signer),
    shown: known,
  });
}

async function grow(events: number): Promise<void> {
  for (let i = 0; i < events; i++) await box.record(`${i % 3}`);
  await keeper.checkpoint();
}

/** Closes keeper and store, lets somebody work on the file, opens both again. */
async function between(work: () => void): Promise<void> {
  await keeper.close();
  await box.store.close();
  work();
  box.store = SqliteEventStore.open(box.ledger);
  keeper = await open();
}

const cut = (where: string) => () => {
  const db = openDatabase(box.ledger);
  db.exec(`DELETE FROM event WHERE ${where}`);
  db.close();
};
const tail = (count: number) => cut(`position > (SELECT max(position) FROM event) - ${count}`);

const entriesOf = () => keeper.log.entries(0, keeper.log.range.size).map((bytes) => base64(bytes));
const declare = (more: { kept?: number; newOrigin?: string } = {}) =>
  keeper.declareLoss({ shown, newOrigin: NEW, ...more });

describe('a ledger whose end is lost for good', () => {
  test.each([1, 2, 4, 7])('by %i events goes on under a new name once that is declared', async (count) => {
    await between(tail(count));
    const before = entriesOf();
    const { size } = keeper.log.range;
    expect(await declare()).toMatchObject({ kept: size, oldOrigin: OLD, oldSize: 13, newOrigin: NEW, size });
    expect(entriesOf().slice(0, size)).toEqual(before);
    await between(() => {});
    expect([keeper.cut, keeper.fault]).toEqual([undefined, undefined]);
    await grow(2);
    expect(keeper.publisher.published?.note.split('\n')[0]).toBe(NEW);
    expect((await keeper.health()).origin).toBe(NEW);
    expect(keeper.publisher.verifierKeys).toEqual([newKey]);
    const file = parseKeysFile(new Proofs(keeper.log, keeper.publisher).keys()!);
    for (const key of [signer.key, newKey]) {
      const policy = keyPolicy(formatVerifierKey(key));
      const log = file.ok && policy.ok && openLog(file.value.checkpoint, policy.value, file.value);
      expect(log).toMatchObject({
        ok: true,
        value: { losses: [{ oldSize: 13 }], checkpoint: { origin: NEW } },
      });
    }
  });

  test('shows nothing under its new name without the loss', async () => {
    await between(tail(4));
    const { size } = await declare();
    expect(keeper.publisher.published).toBeUndefined();
    expect(keeper.log.lastMap).toMatchObject({ size: size + 1, loss: size });
    await between(() => {});
    await keeper.checkpoint();
    expect(keeper.publisher.published?.size).toBeGreaterThan(size + 1);
  });

  test('logs again what survived and was not in what is left of the log, entry for entry', async () => {
    const all = entriesOf();
    const events = (await box.store.readAll(0, 100)).filter(({ stream }) => stream !== 'log').length;
    await between(cut("stream = 'log' AND revision > 3"));
    const { size } = keeper.log.range;
    expect(keeper.cut).toBeDefined();
    await declare();
    await between(() => {});
    await keeper.checkpoint();
    const eventsIn = (entries: readonly string[]) =>
      entries.filter((entry) => Buffer.from(entry, 'base64').toString().startsWith('{"c"'));
    expect(eventsIn(entriesOf().slice(size)).length).toBeGreaterThan(0);
    expect(eventsIn(entriesOf())).toEqual(eventsIn(all));
    expect(eventsIn(all).length).toBe(events);
  });

  test('is declared once, by whomever, and told again when it is repeated', async () => {
    await between(tail(4));
    const other = await open(box.path('other.db'));
    opened.push(other);
    const [one, two] = await Promise.all([declare(), other.declareLoss({ shown, newOrigin: NEW })]);
    expect(one).toEqual(two);
    expect(await declare()).toEqual(one);
    expect(keeper.log.losses.length).toBe(1);
  });

  test('that is cut once more to before the declaration, is told', async () => {
    const copy = box.path('short.db');
    await between(tail(4));
    await between(() => copyFileSync(box.ledger, copy));
    await declare();
    await between(() => {});
    await grow(1);
    await between(() => {
      for (const suffix of ['-wal', '-shm']) rmSync(box.ledger + suffix, { force: true });
      copyFileSync(copy, box.ledger);
    });
    expect(keeper.cut?.message).toMatch(/has shown 13: /);
  });

  test('is read anew by a node that knew what was lost', async () => {
    const elsewhere = box.path('node.db');
    await (await open(elsewhere)).close();
    await between(tail(4));
    await declare();
    await between(() => {});
    for (let i = 0; i < 4; i++) await grow(2);
    const node = await open(elsewhere);
    opened.push(node);
    expect([node.fault, node.log.range]).toEqual([undefined, keeper.log.range]);
  });
});

describe('a loss that is none, or not this one', () => {
  test('is refused where nothing is missing', async () => {
    await expect(declare()).rejects.toThrow(/^The log of this ledger holds all .*\.$/);
  });

  test('is refused under a name that was used, or is none, and for another log', async () => {
    await between(tail(4));
    await expect(declare({ newOrigin: OLD })).rejects.toThrow(/needs a name that nobody knows yet\.$/);
    await expect(declare({ newOrigin: 'two words' })).rejects.toThrow(/can be no name of a log\.$/);
    const other = { ...shown, origin: 'other.example' };
    await expect(keeper.declareLoss({ shown: other, newOrigin: NEW })).rejects.toThrow(/is one of other/);
    await expect(declare({ kept: 99 })).rejects.toThrow(/^--kept is a number/);
    expect(keeper.log.losses).toEqual([]);
  });

  test('asks how much was kept where others were recorded in place of what is lost', async () => {
    await between(tail(4));
    rmSync(box.path('log.shown'));
    await between(() => {});
    for (let i = 0; i < 3; i++) await grow(3);
    expect(keeper.cut).toBeUndefined();
    await expect(declare()).rejects.toThrow(/\(--kept\)\.$/);
    expect(await declare({ kept: 5 })).toMatchObject({ kept: 5, oldSize: 13 });
  });
});

describe('a replaying witness that knew the log before', () => {
  const own = signerOf('w3.example', COSIGNATURE_V1, sha256(Buffer.from('w3')));
  let before: Before;

  beforeEach(async () => {
    const log = LogStore.open(box.path('witness.db'), 'FULL');
    opened.push(log);
    before = { origin: OLD, log };
    await asked(new LogReplayer(OLD, log, tiles, box.clock), signer.key);
  });

  const tiles = async (path: string) => {
    const { index, width } = parseTilePath(path)!;
    return entryBundle(keeper.log.entries(index * 256, index * 256 + width));
  };

  async function asked(replayer: LogReplayer, key: typeof signer.key): Promise<[number, string]> {
    const witness = new Witness({ signer: own, logs: [key], state: replayer, clock: box.clock, replayer });
    const { note } = keeper.publisher.published!;
    const { status, body } = await witness.addCheckpoint(`old 0\n\n${note}`);
    return [status, status === 200 ? '' : body];
  }

  /** What it answers to the log under its new name. */
  async function answer(): Promise<[number, string]> {
    await between(() => {});
    await grow(2);
    const log = LogStore.open(box.path('witness-2.db'), 'FULL');
    opened.push(log);
    return asked(new LogReplayer(NEW, log, tiles, box.clock, before), newKey);
  }

  test('cosigns what kept all that it declares to have kept', async () => {
    await between(tail(4));
    await declare();
    expect(await answer()).toEqual([200, '']);
  });

  test('refuses a declaration of an older checkpoint, or of another one', async () => {
    await between(tail(7));
    const { size } = keeper.log.range;
    shown = { ...shown, size: 12 };
    await declare();
    expect(size).toBeLessThan(12);
    expect(await answer()).toEqual([
      422,
      `It was refused because it declares that ${OLD} had 12 entries, and 13 were cosigned.\n`,
    ]);
  });

  test('refuses one that names another root', async () => {
    await between(tail(4));
    shown = { ...shown, root: sha256(Buffer.from('x')) };
    await declare();
    expect((await answer())[1]).toMatch(/it declares another checkpoint of /);
  });

  test('refuses one that did not keep what it says', async () => {
    await between(tail(7));
    rmSync(box.path('log.shown'));
    await between(() => {});
    await box.record('other');
    for (let i = 0; i < 2; i++) await grow(3);
    await declare({ kept: 9 });
    expect((await answer())[1]).toMatch(/its first 9 entries are not those of /);
  });

  test('refuses one that says nothing of the log that it knew', async () => {
    await between(tail(4));
    await declare();
    before = { ...before, origin: 'stranger.example' };
    expect((await answer())[1]).toMatch(/it does not declare what became of stranger/);
  });

  test('remembers what was erased in what is lost', async () => {
    const label = labelOf(streamName('person', 'gone'));
    await box.erased(label);
    await grow(1);
    shown = keeper.publisher.lastShown!;
    const later = LogStore.open(box.path('later.db'), 'FULL');
    opened.push(later);
    expect(await asked(new LogReplayer(OLD, later, tiles, box.clock), signer.key)).toEqual([200, '']);
    before = { origin: OLD, log: later };
    await between(tail(7));
    await declare();
    await answer();
    const replayer = new LogReplayer(NEW, opened.at(-1) as LogStore, tiles, box.clock, before);
    expect(keeper.log.erased()).toEqual([]);
    expect(replayer.erased).toEqual([label]);
  });
});
