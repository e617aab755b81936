import { unreachable, type Code } from '#decider';
import {
  secrecyBasisOf,
  type InstitutionData,
  type InstitutionFunction,
  type KnownMandate,
  type MandateId,
} from '#directory';
import type { Catalogue } from '#catalogue';
import type { ActivePerson, Recipient } from '#person';
import { cited, type MaySee } from './words.js';
import type { CareRelation, DiscloserFacts, Membership, PartyFacts } from '../facts.js';

/** What other streams say about those who take part, read afresh for one decision. */
export interface Surroundings {
  /** Of those who take part; where a function receives, of all who take part in the person's care as well. */
  readonly mandates: ReadonlyMap<MandateId, KnownMandate>;
  /** Other mandates of the discloser's actor, in force or ended. */
  readonly otherMandates: readonly KnownMandate[];
  /** Institutions of the mandates and functions that take part. */
  readonly institutions: ReadonlyMap<string, InstitutionData>;
  readonly memberships: ReadonlyMap<MandateId, readonly Membership[]>;
  /** What the caller may be told of a recorded fact, beyond its effect. */
  readonly maySee: MaySee;
}

export function partyFacts(
  person: ActivePerson,
  around: Surroundings,
  catalogue: Catalogue,
  party: Recipient,
): PartyFacts {
  switch (party.kind) {
    case 'mandate':
      return mandateFacts(person, around, party.mandate);
    case 'outsider':
      return outsiderFacts(person, catalogue, party.outsider);
    case 'category':
      return functionFacts(person, around, party);
    case 'unknown':
      return { id: 'unknown', party, ...nothing };
    default:
      return unreachable(party);
  }
}

export function discloserFacts(
  person: ActivePerson,
  around: Surroundings,
  catalogue: Catalogue,
  party: Recipient,
): DiscloserFacts {
  const otherMandates = around.otherMandates.map(({ mandate }) => ({
    mandate: mandate.mandate,
    secrecy: mandate.secrecy,
  }));
  return { ...partyFacts(person, around, catalogue, party), otherMandates };
}

const nothing = { categories: [], secrecy: [], serves: [], care: [], memberships: [] };

function mandateFacts(person: ActivePerson, around: Surroundings, id: MandateId): PartyFacts {
  const party = { kind: 'mandate', mandate: id } as const;
  const known = around.mandates.get(id);
  if (!known) return { id, party, ...nothing };
  const { mandate, institution } = known;
  const representation = [...person.representations.values()].find((r) => r.mandate === id);
  return {
    id,
    party,
    institution,
    categories: mandate.categories,
    secrecy: mandate.secrecy,
    mission: mandate.mission,
    function: functionCode(around.institutions.get(institution), mandate.function),
    serves: mandate.purposes,
    period: {
      validFrom: mandate.validFrom,
      ...(mandate.validUntil ? { validUntil: mandate.validUntil } : {}),
    },
    care: careOf(person, around, known),
    memberships: around.memberships.get(id) ?? [],
    ...(representation ? { representative: representation.representative } : {}),
  };
}

/** A mandate whose function bears the name of a declared one is of that function. */
function functionCode(institution: InstitutionData | undefined, held: string): string {
  return institution?.functions?.find(({ name }) => name === held)?.function ?? held;
}

/**
 * Told to those who recorded it, and to the institution whose mandate it is. What a discloser declared is their word, and
 * no confirmation of it.
 */
function careOf(
  person: ActivePerson,
  { maySee }: Surroundings,
  { mandate: { mandate }, institution }: KnownMandate,
): readonly CareRelation[] {
  const theirs = { ...emptied, recipients: [{ kind: 'mandate', mandate, institution } as const] };
  const relations = [...(person.care.get(mandate) ?? [])].filter(
    ({ declaredBy }) => declaredBy !== 'discloser',
  );
  return relations.map(({ origin, team, until }) => ({
    ...cited(origin.event, maySee(origin, theirs)),
    validFrom: origin.effectiveAt,
    ...(until ? { validUntil: until } : {}),
    ...(team ? { team } : {}),
  }));
}

const emptied = { items: [], categories: [], purposes: [] };

function outsiderFacts(
  person: ActivePerson,
  catalogue: Catalogue,
  id: Extract<Recipient, { kind: 'outsider' }>['outsider'],
): PartyFacts {
  const known = person.outsiders.get(id);
  const declared = known?.category ?? (known?.kind === 'relative' ? 'relative' : undefined);
  return {
    id,
    party: { kind: 'outsider', outsider: id },
    ...nothing,
    categories: declared ? [declared] : [],
    secrecy: known?.secrecyBasis ? [secrecyBasisOf(known.secrecyBasis as Code<'Binding'>, catalogue)] : [],
  };
}

function functionFacts(
  person: ActivePerson,
  around: Surroundings,
  party: Extract<Recipient, { kind: 'category' }>,
): PartyFacts {
  const { institution, function: code } = party;
  const { institutions } = around;
  const declared: InstitutionFunction | undefined = institutions
    .get(institution)
    ?.functions?.find((f) => f.function === code);
  return {
    id: `${institution}/${code}`,
    party,
    institution,
    ...nothing,
    categories: declared?.categories ?? [],
    secrecy: declared?.secrecy ?? [],
    care: careOfFunction(person, around, party),
    function: code,
    accessLog: declared?.accessLog === true,
  };
}

/** A function takes part in the care as far as mandates that hold it do. */
function careOfFunction(
  person: ActivePerson,
  around: Surroundings,
  { institution, function: code }: Extract<Recipient, { kind: 'category' }>,
): readonly CareRelation[] {
  const declaring = around.institutions.get(institution);
  return [...around.mandates.values()]
    .filter((known) => known.institution === institution)
    .filter(({ mandate }) => functionCode(declaring, mandate.function) === code)
    .flatMap((known) => careOf(person, around, known));
}
