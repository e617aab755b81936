import { expect, test } from '@jest/globals';
import { delayAfter, LONGEST_DELAY_MS } from './schedule.js';

test('the delays between tries grow, and go on for more than three days', () => {
  const delays: number[] = [];
  for (let next = delayAfter(1); next !== undefined; next = delayAfter(delays.length + 1)) delays.push(next);
  expect(delays).toEqual([...new Set(delays)].sort((a, b) => a - b));
  expect(delays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(3 * 86_400_000);
  expect(LONGEST_DELAY_MS).toBe(delays.at(-1));
});
