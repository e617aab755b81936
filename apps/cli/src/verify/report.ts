import type { Check } from '#transparency';

/** One line a check; the program ends with 1 when one of them failed. */
export function report(checks: readonly Check[]): void {
  for (const { name, verdict, stream, sentence } of checks)
    say(verdict, name, stream === undefined ? sentence : `${stream}: ${sentence}`);
}

export function say(verdict: Check['verdict'], name: string, sentence: string): void {
  const word = verdict === 'failed' ? 'FAILED' : verdict;
  process.stdout.write(`${word.padEnd(7)} ${name.padEnd(18)} ${sentence}\n`);
}

/** The last line. */
export function conclude(verdict: string, sentence: string): void {
  process.stdout.write(`\n${verdict}: ${sentence}\n`);
  if (verdict === 'failed') process.exitCode = 1;
}
