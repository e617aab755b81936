import { List } from 'immutable';
import {
  assessmentFacts,
  rulingsOn,
  type AssessmentFacts,
  type DisclosureRequest,
  type PartyFacts,
} from '#assessment';
import type { Catalogue, Provision } from '#catalogue';
import {
  categoryAt,
  holderKey,
  institutionOf,
  type Act,
  type ActivePerson,
  type DisclosureId,
  type ItemId,
} from '#person';
import { endMs, startMs } from '#time';
import { aroundAct } from '../elsewhere/around-act.js';
import { catalogueAt, mandatesOfHolder, type Elsewhere } from '../elsewhere/elsewhere.js';
import type { ItemWays } from '../ways.js';
import type { JudgedPassing } from './broken-points.js';

const UNKNOWN = { kind: 'unknown' } as const;

/**
 * What the assessment says of an act that happened, by the catalogue of its date and by what held on its date: for
 * each item, every recipient. Nothing where there is nothing to judge by: no catalogue, no item, no recipient.
 */
export function judgedAct(
  person: ActivePerson,
  act: Act,
  waysOf: (item: ItemId) => ItemWays,
  elsewhere: Elsewhere,
): readonly JudgedPassing[] {
  const { effectiveAt, recipients, basis, discloser } = act;
  const catalogue = catalogueAt(elsewhere, effectiveAt);
  if (!catalogue || act.items.length === 0 || recipients.length === 0) return [];
  const around = aroundAct(person, act, elsewhere);
  const facts = factsOf(withReceipts(person, act, waysOf, elsewhere), act, around, catalogue);
  const provision = basis?.provision && catalogue.provision(basis.provision);
  const from = discloser && institutionOf(discloser);
  return rulingsOn(facts, catalogue, requestOf(act)).map((cell, n) => {
    const to = n % recipients.length;
    return {
      ...cell,
      opensTeam: provision?.recipients.relationship === 'outside-care-team',
      asksAgreement: (provision?.consent ?? 'prior-required') === 'prior-required',
      knowsDiscloser: discloser !== undefined && discloser.kind !== 'unknown',
      crosses: from !== undefined && institutionOf(recipients[to]!) !== from,
      seatEnded: satBefore(facts.recipients[to]!, provision, act),
    };
  });
}

function factsOf(
  person: ActivePerson,
  act: Act,
  around: ReturnType<typeof aroundAct>,
  catalogue: Catalogue,
): AssessmentFacts {
  const { effectiveAt, discloser = UNKNOWN, recipients, assessed, origin } = act;
  const facts = assessmentFacts(person, origin.revision, around, catalogue, {
    discloser,
    items: act.items.map(({ item }) => item),
    recipients,
    happenedAt: effectiveAt,
    ...(assessed?.declared.unableToProtectThemselves ? { unableToProtectThemselves: true } : {}),
  });
  const dated = { effectiveAt, revision: origin.revision };
  const items = facts.items.map((item) => {
    const category = categoryAt(person, item.item, dated);
    return { ...item, ...(category ? { category } : {}) };
  });
  return { ...facts, items };
}

/**
 * The person, whose index of acts names only those by which the items came to the discloser: an item may have been
 * passed on a thousand times, and the ways know who received it.
 */
function withReceipts(
  person: ActivePerson,
  { discloser, items }: Act,
  waysOf: (item: ItemId) => ItemWays,
  elsewhere: Elsewhere,
): ActivePerson {
  const keys =
    discloser?.kind === 'mandate'
      ? mandatesOfHolder(elsewhere, discloser.mandate).map((id) => `mandate:${id}`)
      : discloser
        ? [holderKey(discloser)]
        : [];
  const received = (item: ItemId) => actsTo(keys, waysOf(item), sourcesOf(person, item));
  const actsByItem = items.reduce(
    (byItem, { item }) => byItem.set(item, List(received(item))),
    person.actsByItem,
  );
  return { ...person, actsByItem };
}

/** Acts that holders name as where they have it from. */
function sourcesOf({ holdings, acts }: ActivePerson, item: ItemId): readonly Act[] {
  return [...(holdings.get(item) ?? [])].flatMap(
    ({ source }) => (source.kind === 'disclosure' && acts.get(source.disclosure)) || [],
  );
}

/** Every act by which it came to them, through however many hands. */
function actsTo(keys: readonly string[], ways: ItemWays, sources: readonly Act[]): readonly DisclosureId[] {
  const tellers = sources.flatMap(({ discloser }) => (discloser ? [holderKey(discloser)] : []));
  const holders = new Set([...keys, ...tellers]);
  const acts = new Set(sources.map(({ disclosure }) => disclosure));
  for (const holder of holders)
    for (const { telling } of ways.of(holder)) {
      if (telling) acts.add(telling.act.disclosure);
      if (telling?.from !== undefined) holders.add(telling.from);
    }
  return [...acts];
}

function satBefore(
  { memberships }: PartyFacts,
  provision: Provision | undefined,
  { effectiveAt }: Act,
): boolean {
  return memberships.some(
    ({ kind, validUntil }) =>
      kind === provision?.recipients.commission &&
      validUntil !== undefined &&
      endMs(validUntil) <= startMs(effectiveAt),
  );
}

/** Whatever is not known of it is not asked for, and the frame is that of any exchange. */
function requestOf(act: Act): DisclosureRequest {
  const { purpose, basis, frame = 'exchange', session, items, recipients, assessed, effectiveAt } = act;
  const { exception, keeps, withheld } = assessed?.declared ?? {};
  return {
    frame,
    items,
    recipients,
    at: effectiveAt,
    ...(purpose ? { purpose } : {}),
    ...(basis?.provision ? { provision: basis.provision } : {}),
    ...(session ? { session } : {}),
    ...(exception ? { exception } : {}),
    ...(keeps ? { keeps } : {}),
    ...(withheld ? { withheld } : {}),
  };
}
