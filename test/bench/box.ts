import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accept } from '#decider';
import { Catalogues, loadCatalogue } from '#catalogue';
import { Ledger, SqliteEventStore } from '#event-store';
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

  /** With the catalogue that ships: what is found about an act is judged by it. */
  static async open(path: string): Promise<Box> {
    mkdirSync(path, { recursive: true });
    const store = SqliteEventStore.open(join(path, 'ledger.db'));
    const keys = SqliteKeyStore.open(join(path, 'keys.db'));
    const sealing = new Sealing(keys, FileRootKey.open(join(path, 'root.key')));
    const ledger = new Ledger(store, sealing, systemClock);
    await new Catalogues(ledger).begin(loadCatalogue());
    return new Box(path, store, sealing, ledger, async () => {
      await store.close();
      await keys.close();
    });
  }

  /** Writes these events without deciding anything. `n`: number of the command. */
  async write(person: PersonId, n: number, events: readonly PersonEvent[]): Promise<void> {
    await this.ledger.decide(personStream(person), personFold, context(n), () => accept(...events));
  }
}
