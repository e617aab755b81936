import type { CommissionId, SeatIndex } from '#commission';
import type { ActorId, InstitutionId, MandateId, MandateIndex } from '#directory';
import { PersonIndex, type PersonId } from '#person';
import type { ReadModels } from '#read-store';
import type { Sealing } from '#sealing';
import { remembered } from '#time';
import { nameIndex } from './labels.projection.js';

const WAIT_MS = 5_000;

/** Finds institutions by mandate in the read models; what is not there yet is waited for once. */
export class ReadMandateIndex implements MandateIndex {
  constructor(
    private readonly models: ReadModels,
    private readonly end: () => Promise<number>,
  ) {}

  async institutionOf(mandate: MandateId): Promise<InstitutionId | undefined> {
    return this.find(mandate) ?? ((await this.settled()) ? this.find(mandate) : undefined);
  }

  async mandatesOf(actor: ActorId): Promise<readonly MandateId[]> {
    const rows = this.models.store.all('SELECT DISTINCT mandate FROM mandate WHERE actor = ?', actor);
    return rows.map((row) => row['mandate'] as MandateId);
  }

  /** Which institution gave a mandate never changes: every command asks. */
  private readonly find = remembered((mandate): InstitutionId | undefined => {
    const [row] = this.models.store.all('SELECT institution FROM mandate WHERE mandate = ? LIMIT 1', mandate);
    return row?.['institution'] as InstitutionId | undefined;
  });

  private async settled(): Promise<boolean> {
    return this.models.waitFor(await this.end(), WAIT_MS);
  }
}

/** Finds commissions by member in the read models, as far as they have come: milliseconds. */
export class ReadSeatIndex implements SeatIndex {
  constructor(private readonly models: ReadModels) {}

  async commissionsOf(mandate: MandateId): Promise<readonly CommissionId[]> {
    const rows = this.models.store.all('SELECT DISTINCT commission FROM seat WHERE mandate = ?', mandate);
    return rows.map((row) => row['commission'] as CommissionId);
  }
}

/** Finds persons who look alike through the blind index. */
export class ReadPersonIndex extends PersonIndex {
  constructor(
    private readonly models: ReadModels,
    private readonly sealing: Sealing,
    private readonly end: () => Promise<number>,
  ) {
    super();
  }

  async lookAlikes(
    names: { readonly givenName: string; readonly familyName: string },
    birthDate: string | undefined,
  ): Promise<PersonId[]> {
    await this.models.waitFor(await this.end(), WAIT_MS);
    const text = nameIndex(names.givenName, names.familyName, birthDate);
    const blind = (await this.sealing.hmac('blind-index', text)).toString('base64url');
    const sql = 'SELECT DISTINCT person FROM person_index WHERE blind = ?';
    return this.models.store.all(sql, blind).map((row) => row['person'] as PersonId);
  }
}
