import { List } from 'immutable';
import { factsOfAct, requestOfAct, rulingsOn, type PartyFacts } from '#assessment';
import type { Provision } from '#catalogue';
import {
  holderKey,
  institutionOf,
  type Act,
  type ActivePerson,
  type AssessedDuty,
  type DisclosureId,
  type ItemId,
} from '#person';
import { endMs, startMs } from '#time';
import { aroundAct } from '../elsewhere/around-act.js';
import { catalogueAt, mandatesOfHolder, type Elsewhere } from '../elsewhere/elsewhere.js';
import { ItemWays } from '../ways.js';
import type { JudgedPassing } from './broken-points.js';

/** What the assessment says of an act that happened. */
export interface Judged {
  /** For each item, every recipient. */
  readonly passings: readonly JudgedPassing[];
  readonly duties: () => readonly AssessedDuty[];
}

const NOTHING: Judged = { passings: [], duties: () => [] };

/**
 * The assessment asked of a person’s acts, each once, for one state of the ledger: what is found and what is owed are
 * read off the same answer.
 */
export class Judgements {
  private readonly made = new Map<ItemId, ItemWays>();
  private readonly judged = new Map<DisclosureId, Judged>();
  private readonly received = new Map<string, ActivePerson>();

  /** @param remembered the ways of items, of the same state */
  constructor(
    readonly person: ActivePerson,
    readonly elsewhere: Elsewhere,
    private readonly remembered: ReadonlyMap<ItemId, ItemWays> = new Map(),
  ) {}

  readonly waysOf = (item: ItemId): ItemWays => {
    const ways = this.remembered.get(item) ?? this.made.get(item) ?? ItemWays.of(this.person, item);
    this.made.set(item, ways);
    return ways;
  };

  on(act: Act): Judged {
    const known = this.judged.get(act.disclosure);
    if (known) return known;
    const judged = judgedAct(this.receiving(act), act, this.elsewhere);
    this.judged.set(act.disclosure, judged);
    return judged;
  }

  /**
   * The person, whose index of acts names only those by which the items came to the discloser: an item may have been
   * passed on a thousand times, and the ways know who received it.
   */
  private receiving({ discloser, items }: Act): ActivePerson {
    const keys = keysOf(discloser, this.elsewhere);
    const key = [...keys, ...items.map(({ item }) => item)].join(' ');
    const known = this.received.get(key) ?? withReceipts(this.person, keys, items, this.waysOf);
    this.received.set(key, known);
    return known;
  }
}

/** Of a human being, under any mandate. */
function keysOf(discloser: Act['discloser'], elsewhere: Elsewhere): readonly string[] {
  if (discloser?.kind === 'mandate')
    return mandatesOfHolder(elsewhere, discloser.mandate).map((id) => `mandate:${id}`);
  return discloser ? [holderKey(discloser)] : [];
}

/**
 * By the catalogue of its date and by what held on its date. Nothing where there is nothing to judge by: no catalogue,
 * no item, no recipient.
 */
function judgedAct(person: ActivePerson, act: Act, elsewhere: Elsewhere): Judged {
  const { effectiveAt, recipients, basis, discloser } = act;
  const catalogue = catalogueAt(elsewhere, effectiveAt);
  if (!catalogue || act.items.length === 0 || recipients.length === 0) return NOTHING;
  const around = aroundAct(person, act, elsewhere);
  const facts = factsOfAct(person, act, around, catalogue);
  const provision = basis?.provision && catalogue.provision(basis.provision);
  const from = discloser && institutionOf(discloser);
  const { cells, duties } = rulingsOn(facts, catalogue, requestOfAct(act));
  const passings = cells.map((cell, n) => {
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
  return { passings, duties: duties as Judged['duties'] };
}

function withReceipts(
  person: ActivePerson,
  keys: readonly string[],
  items: Act['items'],
  waysOf: (item: ItemId) => ItemWays,
): ActivePerson {
  const received = (item: ItemId) => {
    const ways = waysOf(item);
    return actsTo(keys, ways, sourcesOf(person, item), ways.isFenced || isFromSession(person, item));
  };
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

/** A holder’s word that they heard it in a session is a fence too. */
function isFromSession({ holdings }: ActivePerson, item: ItemId): boolean {
  return holdings.get(item)?.some(({ source }) => source.kind === 'session') === true;
}

/** Every act by which it came to them; where a fence may follow it along the chain, through however many hands. */
function actsTo(
  keys: readonly string[],
  ways: ItemWays,
  sources: readonly Act[],
  isFenced: boolean,
): readonly DisclosureId[] {
  const tellers = sources.flatMap(({ discloser }) => (discloser ? [holderKey(discloser)] : []));
  const holders = new Set(isFenced ? [...keys, ...tellers] : keys);
  const acts = new Set(sources.map(({ disclosure }) => disclosure));
  for (const holder of holders)
    for (const { telling } of ways.of(holder)) {
      if (telling) acts.add(telling.act.disclosure);
      if (isFenced && telling?.from !== undefined) holders.add(telling.from);
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
