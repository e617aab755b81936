import { rule, type Rule } from './rule.js';
import { POINT_1, POINT_2, POINT_3 } from './points-1-3.js';
import { POINT_4 } from './point-4.js';
import { POINT_5, POINT_6 } from './points-5-6.js';
import { POINT_7, POINT_8, POINT_9 } from './points-7-9.js';

const EVERY_POINT = {
  'below-level': rule(
    'not-applicable',
    'Ce point ne se pose pas à ce niveau d’information.',
    'This point does not arise at this level of information.',
  ),
  'not-a-disclosure': rule(
    'not-applicable',
    'Le dire à la personne ou à son représentant est une information, non un partage.',
    'Telling the person or their representative is information, not disclosure.',
  ),
} as const;

const ALL = {
  ...POINT_1,
  ...POINT_2,
  ...POINT_3,
  ...POINT_4,
  ...POINT_5,
  ...POINT_6,
  ...POINT_7,
  ...POINT_8,
  ...POINT_9,
  ...EVERY_POINT,
};

/** Stable: it is stored with refusals and shown in findings. */
export type RuleId = keyof typeof ALL;

/** Every rule that the nine points are made of, by its stable id. */
export const RULES: Readonly<Record<RuleId, Rule>> = ALL;
