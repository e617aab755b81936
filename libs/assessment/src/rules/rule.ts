import type { DutyKind, Text } from '#catalogue';
import type { State } from '../verdict.js';

/** What one rule says, to a professional, in plain words (at most 25 of them). */
export interface Rule {
  readonly state: State;
  readonly sentence: Text;
  /** What would make the point pass; nothing where it does. */
  readonly toPass: Text | null;
  /** Provisions that say what follows when it is ignored, where they are not simply those of the cited text. */
  readonly sanctions?: readonly string[];
  /** The duty that follows. */
  readonly duty?: DutyKind;
  /** Under the safety rule it becomes a warning and a task. */
  readonly softens?: true;
}

interface Extra {
  readonly sanctions?: readonly string[];
  readonly duty?: DutyKind;
  readonly softens?: true;
}

export function rule(
  state: State,
  fr: string,
  en: string,
  toPass: readonly [fr: string, en: string] | null = null,
  extra: Extra = {},
): Rule {
  return {
    state,
    sentence: { fr, en },
    toPass: toPass && { fr: toPass[0], en: toPass[1] },
    ...extra,
  };
}
