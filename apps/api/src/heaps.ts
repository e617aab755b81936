import { setFlagsFromString } from 'node:v8';

/**
 * V8 lets a heap grow fourfold until it collects where the machine has memory to spare. A server has three heaps: a
 * hundred and fifty megabytes that are in use would take a gigabyte.
 */
export function keepHeapsSmall(): void {
  setFlagsFromString('--heap-growing-percent=40');
}
