import { NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import type { LedgerIdentity } from '../store.js';
import type { Connection } from './connection.js';

/** Its metadata tell which ledger this is; it holds no event, and it is no stream of the ledger. */
const STREAM = 'ledger';

export async function identityOf(connection: Connection): Promise<LedgerIdentity | undefined> {
  const stored = await connection.patiently(async (client, options) => {
    const { metadata } = await client.getStreamMetadata<Partial<LedgerIdentity>>(STREAM, options);
    return metadata;
  });
  return stored?.id && stored.kind ? { id: stored.id, kind: stored.kind } : undefined;
}

/** The first of several nodes says it, and all of them read the same. */
export async function identify(connection: Connection, wanted: LedgerIdentity): Promise<LedgerIdentity> {
  for (;;) {
    const stands = await identityOf(connection);
    if (stands) return stands;
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
