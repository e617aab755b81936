import type { CaseId, CaseIndex } from '#commission';
import type { PersonId } from '#person';
import type { ReadModels } from '#read-store';

const WAIT_MS = 5_000;

/** Finds whose case it is in the read models; what is not there yet is waited for once. */
export class ReadCaseIndex implements CaseIndex {
  constructor(
    private readonly models: ReadModels,
    private readonly end: () => Promise<number>,
  ) {}

  async personOf(id: CaseId): Promise<PersonId | undefined> {
    const found = this.find(id);
    if (found) return found;
    return (await this.models.waitFor(await this.end(), WAIT_MS)) ? this.find(id) : undefined;
  }

  private find(id: CaseId): PersonId | undefined {
    const sql = 'SELECT person FROM referred_case WHERE referred = ? LIMIT 1';
    return this.models.store.all(sql, id)[0]?.['person'] as PersonId | undefined;
  }
}
