/** Point verdicts, worst last (`legal.md`, section d). */
export const STATES = ['not-applicable', 'ok', 'document', 'warn', 'escalate', 'block'] as const;
export type State = (typeof STATES)[number];

export type Verdict = 'allow' | 'allow-with-duties' | 'escalate' | 'deny';

export function worse(a: State, b: State): State {
  return STATES.indexOf(a) >= STATES.indexOf(b) ? a : b;
}

export function worst(states: readonly State[]): State {
  return states.reduce(worse, 'not-applicable');
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
