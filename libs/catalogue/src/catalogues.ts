import { asId } from '#decider';
import type { Ledger } from '#event-store';
import { epochMs } from '#time';
import type { Catalogue } from './catalogue.js';
import { catalogueFold, inForceAt, type Published } from './published.js';
import { CATALOGUE_STREAM, firstRevision } from './revision.js';

const BEGINNING = {
  actor: { kind: 'client', id: 'sillage' },
  commandId: asId<'Command'>('00000000-0000-8000-8000-63617461ab6f'),
  digest: 'the catalogue that a ledger begins with',
  correlationId: asId<'Correlation'>('00000000-0000-8000-8000-63617461ab6f'),
} as const;

/** The catalogue as data officers published it in this ledger, so that every version can be had again. */
export class Catalogues {
  constructor(private readonly ledger: Ledger) {}

  /** The version in force now. */
  current(): Promise<Catalogue> {
    return this.at(epochMs(this.ledger.clock.now()));
  }

  /** The version in force then, as far as it is known today. */
  async at(ms: number): Promise<Catalogue> {
    const then = inForceAt(await this.published(), ms);
    if (!then) throw new Error('This ledger has no catalogue yet.');
    return then;
  }

  async published(): Promise<Published> {
    return (await this.ledger.load(CATALOGUE_STREAM, catalogueFold)).state;
  }

  /** A new ledger begins with the catalogue that ships with the program; later ones are for data officers. */
  async begin(shipped: Catalogue): Promise<void> {
    const outcome = await this.ledger.decide(CATALOGUE_STREAM, catalogueFold, BEGINNING, ({ versions }) => ({
      kind: 'accepted',
      events: versions.isEmpty() ? [{ type: 'CatalogueRevised', data: firstRevision(shipped) }] : [],
    }));
    if (outcome.kind !== 'recorded' && outcome.kind !== 'key-reused')
      throw new Error('The catalogue could not be written.');
  }
}
