import { DUTY_KINDS, LEVELS, type SectionName } from './entries.js';
import {
  bilingual,
  count,
  date,
  flag,
  flagOrNull,
  listOf,
  oneOf,
  optional,
  orNull,
  period,
  record,
  text,
  type Check,
} from './shape.js';

const LEVEL = oneOf(...LEVELS);

const sourced = {
  sources: listOf(text),
  verification: record({
    status: oneOf(
      'official-text-read',
      'text-read-on-secondary-site',
      'secondary-commentary',
      'from-knowledge-not-re-read',
      'design-choice',
    ),
    asOf: orNull(text),
  }),
};

const DUTY = oneOf(...DUTY_KINDS);

const coded = record({ code: text, fr: optional(text), en: optional(text) });

const provision = record({
  id: text,
  citation: text,
  kind: oneOf(
    'sharing-authorisation',
    'transmission-obligation',
    'reporting-permission',
    'secrecy-rule',
    'prohibition',
    'data-subject-right',
  ),
  role: oneOf('authorises', 'obliges', 'permits', 'conditions', 'defines', 'secrecy', 'prohibits', 'right'),
  bindingness: oneOf('statute', 'regulation', 'eu-regulation', 'soft-law'),
  title: bilingual,
  summary: bilingual,
  purposes: listOf(text),
  disclosers: record({
    categories: listOf(text),
    mustBeBoundBySecrecy: flagOrNull,
    mustTakePartInCare: flagOrNull,
  }),
  recipients: record({
    categories: listOf(text),
    mustBeBoundBySecrecy: flagOrNull,
    relationship: orNull(
      oneOf(
        'takes-part-in-care',
        'same-care-team',
        'outside-care-team',
        'relative',
        'authority',
        'hierarchy-of-mission',
        'same-mission-other-territory',
        'statutory',
        'public-administration',
        'contributes-to-child-protection',
        'acts-for-same-person',
        'same-procedure',
        'commission-member',
        'commission-instructor',
        'designated-body',
        'group-member',
        'person',
        'parent',
        'legal-representative',
        'none',
      ),
    ),
    identification: oneOf('by-category', 'authority', 'by-mission-and-function', 'named-individually'),
    commission: orNull(text),
    becomesBoundByReceipt: flagOrNull,
  }),
  information: record({
    necessity: oneOf('strictly-necessary', 'necessary', 'not-applicable'),
    maxLevel: LEVEL,
    excludedCategories: listOf(text),
    limits: bilingual,
  }),
  personInformation: oneOf(
    'prior-required',
    'prior-required-unless-emergency-or-impossible',
    'prior-required-unless-contrary-to-interest',
    'at-first-contact',
    'not-specified',
    'not-required',
    'not-applicable',
  ),
  consent: oneOf('prior-required', 'objection-possible', 'not-required', 'not-specified', 'not-applicable'),
  representation: coded,
  form: coded,
  duration: coded,
  withdrawal: coded,
  conditions: listOf(bilingual),
  sanctionsIfMissed: listOf(text),
  attentionPoints: listOf(count),
  confidence: oneOf('high', 'medium', 'low'),
  notes: orNull(bilingual),
  inForce: optional(record({ from: optional(date), until: optional(date) })),
  ...sourced,
});

/** What an entry of each section must look like, before its references are followed. */
export const SHAPES: Readonly<Record<SectionName, Check>> = {
  provisions: provision,
  purposes: record({
    code: text,
    name: bilingual,
    dpv: orNull(record({ term: text, iri: text, fit: oneOf('exact', 'loose') })),
    gdpr9: record({
      ground: oneOf('a', 'b', 'c', 'f', 'g', 'h'),
      status: oneOf('working-hypothesis', 'confirmed'),
    }),
    alert: flag,
    provisions: oneOf('listed', 'being-sought', 'none-on-purpose'),
    ...sourced,
  }),
  categories: record({
    code: text,
    name: bilingual,
    defaultLevel: LEVEL,
    special: oneOf('article-9', 'article-10', 'none'),
    wildcard: flag,
    ...sourced,
  }),
  levels: record({
    code: LEVEL,
    rank: count,
    name: bilingual,
    test: bilingual,
    effect: bilingual,
    points: listOf(count),
    ...sourced,
  }),
  actors: record({ code: text, name: bilingual, authority: flag, wildcard: flag, includedIn: listOf(text) }),
  bindings: record({
    code: text,
    kind: oneOf('profession', 'mission', 'function', 'commission', 'status'),
    firmness: oneOf('firm', 'debated'),
    firmFor: listOf(text),
    citation: text,
    provisions: listOf(text),
    who: bilingual,
    ...sourced,
  }),
  retention: record({
    code: text,
    name: bilingual,
    period: orNull(period),
    from: oneOf('disclosure', 'last-contact', 'decision-expiry', 'birth', 'objection'),
    binding: oneOf('mandatory', 'recommended', 'design-choice'),
    appliesTo: optional(record({ purposes: optional(listOf(text)), categories: optional(listOf(text)) })),
    notes: orNull(bilingual),
    ...sourced,
  }),
  deadlines: record({ code: DUTY, name: bilingual, period, notes: orNull(bilingual), ...sourced }),
  durations: record({ code: text, name: bilingual, duty: orNull(DUTY), period: orNull(period) }),
  channels: record({ code: text, name: bilingual, secure: flag }),
  notices: record({
    id: text,
    code: text,
    version: text,
    scope: oneOf('care-team', 'named'),
    purposes: listOf(text),
    provisions: listOf(text),
    title: bilingual,
    body: listOf(bilingual),
  }),
};

export const VERSION_SHAPE: Check = record({ version: text, validFrom: date, title: bilingual });
