import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accept } from '#decider';
import { Ledger, SqliteEventStore, type OpenDatabase } from '#event-store';
import { personFold, personStream, type PersonEvent, type PersonId } from '#person';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { systemClock } from '#time';
import { context } from './story.js';

/** A ledger with its keys, where a server would have them. */
export class Box {
  private constructor(
    readonly path: string,
    readonly store: SqliteEventStore,
    readonly sealing: Sealing,
    readonly ledger: Ledger,
    readonly close: () => Promise<void>,
  ) {}

  static open(path: string, openToWrite?: OpenDatabase): Box {
    mkdirSync(path, { recursive: true });
    const store = SqliteEventStore.open(join(path, 'ledger.db'), openToWrite);
    const keys = SqliteKeyStore.open(join(path, 'keys.db'));
    const sealing = new Sealing(keys, FileRootKey.open(join(path, 'root.key')));
    return new Box(path, store, sealing, new Ledger(store, sealing, systemClock), async () => {
      await store.close();
      await keys.close();
    });
  }

  /** Writes these events without deciding anything. `n`: number of the command. */
  async write(person: PersonId, n: number, events: readonly PersonEvent[]): Promise<void> {
    await this.ledger.decide(personStream(person), personFold, context(n), () => accept(...events));
  }
}
