import { asCode, asId, type Effective } from '#decider';
import { loadCatalogue } from '#catalogue';
import { civilDate, parseEffective } from '#time';
import type {
  Against,
  AssessmentFacts,
  CareRelation,
  Consent,
  DiscloserFacts,
  Information,
  ItemFacts,
  Membership,
  Party,
  PartyFacts,
  PartyScope,
  PersonFacts,
  PurposeCode,
  Representative,
  Scope,
  Speaker,
} from '../src/facts.js';
import type { DisclosureRequest, RequestedItem } from '../src/request.js';

export const catalogue = loadCatalogue();

export const purpose = (code: string): PurposeCode => asCode<'Purpose'>(code);
export const institution = (name: string) => asId<'Institution'>(name);
export const itemId = (name: string) => asId<'Item'>(name);

/** `2026-01-09` or an instant. */
export function on(text: string): Effective {
  return parseEffective(text)!;
}

export const START = civilDate('2020-01-01');

export const mandate = (name: string): Party & PartyScope => ({
  kind: 'mandate',
  mandate: asId<'Mandate'>(name),
});
export const outsider = (name: string): Party & PartyScope => ({
  kind: 'outsider',
  outsider: asId<'Outsider'>(name),
});
export const service = (name: string): PartyScope => ({
  kind: 'institution',
  institution: institution(name),
});

export interface Somebody {
  readonly at?: string;
  readonly is?: readonly string[];
  readonly bound?: readonly string[];
  readonly serves?: readonly string[];
  readonly care?: readonly CareRelation[];
  readonly seats?: readonly Membership[];
  readonly until?: Effective;
  readonly facts?: Partial<DiscloserFacts>;
}

/** A professional acting under a mandate. */
export function professional(name: string, about: Somebody = {}): DiscloserFacts {
  return {
    id: `mandate ${name}`,
    party: mandate(name),
    institution: institution(about.at ?? 'a service'),
    categories: about.is ?? [],
    secrecy: (about.bound ?? []).map((code) => ({ binding: asCode<'Binding'>(code), firm: true })),
    mission: 'its mission',
    function: name,
    serves: (about.serves ?? []).map(purpose),
    period: { validFrom: START, ...(about.until && { validUntil: about.until }) },
    care: about.care ?? [],
    memberships: about.seats ?? [],
    otherMandates: [],
    ...about.facts,
  };
}

/** Somebody without a mandate here: a relative, a landlord. */
export function stranger(name: string, ...categories: string[]): PartyFacts {
  return {
    id: `outsider ${name}`,
    party: outsider(name),
    categories,
    secrecy: [],
    serves: [],
    care: [],
    memberships: [],
  };
}

export function care(team?: string, until?: Effective): CareRelation {
  return {
    id: `care ${team ?? ''}`,
    validFrom: START,
    ...(team && { team }),
    ...(until && { validUntil: until }),
  };
}

export function seat(commission: string, kind = commission, coversCase = true): Membership {
  return { id: `seat ${commission}`, commission, kind, coversCase, hasCase: true, validFrom: START };
}

export function item(name: string, category: string, about: Partial<ItemFacts> = {}): ItemFacts {
  const code = asCode<'Category'>(category);
  return {
    id: `item ${name}`,
    item: itemId(name),
    category: code,
    level: catalogue.category(code)?.defaultLevel ?? 'secret',
    holdings: [],
    ...about,
  };
}

export const PERSON: Speaker = { kind: 'person' };
export const voice = (name: string): Speaker => ({
  kind: 'representative',
  representative: asId<'Representative'>(name),
});

export function representative(
  name: string,
  kind: Representative['kind'] = 'parental-authority',
  about: Partial<Representative> = {},
): Representative {
  return {
    id: `representation ${name}`,
    representative: asId<'Representative'>(name),
    kind,
    domain: 'personal',
    verified: true,
    validFrom: START,
    ...about,
  };
}

/** Everything of a situation that a scope may name. */
export function scopeOf(
  items: readonly ItemFacts[],
  recipients: readonly PartyScope[],
  ...purposes: string[]
): Scope {
  return { items: items.map((i) => i.item), categories: [], recipients, purposes: purposes.map(purpose) };
}
export const EVERYTHING: Scope = { items: [], categories: [], recipients: [], purposes: [] };

export function told(at: string, scope: Scope, to: Speaker = PERSON): Information {
  return { id: `information ${at}`, to, at: on(at), scope };
}

export function agreed(at: string, scope: Scope, about: Partial<Consent> = {}): Consent {
  return {
    kind: 'consent',
    id: `consent ${at}`,
    by: PERSON,
    at: on(at),
    order: 10,
    scope,
    explicit: false,
    onward: [],
    validFrom: on(at),
    validUntil: civilDate('2030-01-01'),
    ...about,
  };
}

export function refused(at: string, scope: Scope = EVERYTHING, about: Partial<Against> = {}): Against {
  return {
    kind: 'refusal',
    id: `refusal ${at}`,
    by: PERSON,
    at: on(at),
    order: 20,
    scope,
    ...about,
  } as Against;
}
export function objected(at: string, scope: Scope = EVERYTHING, about: Partial<Against> = {}): Against {
  return { ...refused(at, scope), kind: 'objection', id: `objection ${at}`, ...about } as Against;
}

/** An adult without protection measure. */
export const ADULT: PersonFacts = { birthDate: '1980-05-17', capacity: [] };
export const CHILD: PersonFacts = { birthDate: '2020-05-17', capacity: [] };

export interface Situation {
  readonly person?: PersonFacts;
  readonly discloser: DiscloserFacts;
  readonly recipients: readonly PartyFacts[];
  readonly items: readonly ItemFacts[];
  readonly at: string;
  readonly purpose?: string;
  readonly provision?: string;
  readonly facts?: Partial<AssessmentFacts>;
  readonly request?: Partial<DisclosureRequest>;
  /** Items without a justification. */
  readonly unjustified?: readonly string[];
}

/** Parties bound, items justified, secure channel, retention rule and manager set: section (f). */
export function situation(s: Situation): { facts: AssessmentFacts; request: DisclosureRequest } {
  const justified = ({ item: id }: ItemFacts): RequestedItem =>
    s.unjustified?.includes(id) ? { item: id } : { item: id, justification: 'needed for the point examined' };
  return {
    facts: {
      personRevision: 7,
      person: s.person ?? ADULT,
      representatives: [],
      informations: [],
      consents: [],
      against: [],
      items: s.items,
      discloser: s.discloser,
      recipients: s.recipients,
      sessions: [],
      ...s.facts,
    },
    request: {
      ...(s.purpose && { purpose: purpose(s.purpose) }),
      ...(s.provision && { provision: asCode<'Provision'>(s.provision) }),
      objective: 'decide together',
      benefit: 'an answer that fits',
      frame: 'exchange',
      channel: 'secure-messaging',
      items: s.items.map(justified),
      recipients: s.recipients.map((r) => r.party),
      retention: { rule: asCode<'Retention'>('end-of-follow-up') },
      responsibleManager: 'head of service',
      at: on(s.at),
      ...s.request,
    },
  };
}
