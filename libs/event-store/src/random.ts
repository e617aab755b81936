import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8192;
let pool = Buffer.alloc(0);

/**
 * Random bytes of the system's generator, drawn many at a time: one system call each would cost more than what they
 * are for. No byte is handed out twice, and a used pool is left to whoever still holds a part of it.
 */
export function freshBytes(count: number): Buffer {
  if (pool.length < count) pool = randomFillSync(Buffer.allocUnsafeSlow(POOL_BYTES));
  const bytes = pool.subarray(0, count);
  pool = pool.subarray(count);
  return bytes;
}
