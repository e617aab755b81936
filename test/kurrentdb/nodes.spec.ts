import { afterAll } from '@jest/globals';
import { closeAll, startNode } from './naive.js';
import { nodesContract } from './nodes.contract.js';

nodesContract(async () => (await startNode()).url, {
  perPerson: 24,
  kills: 1,
  withdrawals: 3,
  timeoutMs: 120_000,
});
afterAll(closeAll);
