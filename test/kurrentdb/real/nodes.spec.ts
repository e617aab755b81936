import { nodesContract } from '../nodes.contract.js';

/** Kill nodes of the cluster meanwhile: SILLAGE_TEST_ITEMS says how much is written, 24 when left out. */
nodesContract(() => Promise.resolve(process.env['SILLAGE_KURRENTDB_URL']!), {
  perPerson: Number(process.env['SILLAGE_TEST_ITEMS'] ?? '24'),
  kills: 3,
  withdrawals: 12,
  timeoutMs: 1_800_000,
});
