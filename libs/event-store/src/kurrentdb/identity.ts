import { NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import type { LedgerIdentity } from '../store.js';
import type { Connection } from './connection.js';

/** Its metadata tell which ledger this is; it holds no event, and it is no stream of the ledger. */
const STREAM = 'ledger';

/** The first of several nodes says it, and all of them read the same. */
export async function identify(connection: Connection, wanted: LedgerIdentity): Promise<LedgerIdentity> {
  for (;;) {
    const stored = await connection.patiently(async (client, options) => {
      const { metadata } = await client.getStreamMetadata<Partial<LedgerIdentity>>(STREAM, options);
      return metadata;
    });
    if (stored?.id && stored.kind) return { id: stored.id, kind: stored.kind };
    const first = { ...wanted };
    await connection
      .patiently((client, options) =>
        client.setStreamMetadata(STREAM, first, { ...options, expectedRevision: NO_STREAM }),
      )
      .catch(ofAnotherNode);
  }
}

function ofAnotherNode(error: unknown): void {
  if (!(error instanceof WrongExpectedVersionError)) throw error;
}
