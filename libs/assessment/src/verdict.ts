/** Point verdicts, worst last (`legal.md`, section d). */
export const STATES = ['not-applicable', 'ok', 'document', 'warn', 'escalate', 'block'] as const;
export type State = (typeof STATES)[number];

export type Verdict = 'allow' | 'allow-with-duties' | 'escalate' | 'deny';

export function worst(states: readonly State[]): State {
  let most = 0;
  for (const state of states) most = Math.max(most, STATES.indexOf(state));
  return STATES[most]!;
}

export function verdictOf(states: readonly State[]): Verdict {
  switch (worst(states)) {
    case 'block':
      return 'deny';
    case 'escalate':
      return 'escalate';
    case 'warn':
    case 'document':
      return 'allow-with-duties';
    default:
      return 'allow';
  }
}
