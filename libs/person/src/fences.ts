import type { Effective } from '#decider';
import { startMs } from '#time';
import { actsOn, actsWith } from './item.js';
import { comesAfter, type Dated } from './order.js';
import type { DisclosureId, ItemId } from './person.ids.js';
import type { Act, ActivePerson, Holding } from './person.state.js';
import {
  comesBefore,
  comparePlaces,
  firstFrom,
  isHolding,
  placeOfAct,
  placeOfHolding,
  type Place,
} from './place.js';
import { holderKey, institutionOf, type Holder, type RecipientScope } from './recipient.js';

/** What binds a holder in passing an item on, over every chain on record by which they have it. */
export interface Fences {
  /** Sessions that it came from, through however many hands. */
  readonly sessions: readonly string[];
  /** Some chain leads round every session. */
  readonly free: boolean;
  /** To whom the widest chain lets it go on; left out: nobody set a term. */
  readonly onward?: readonly RecipientScope[];
}

export interface ItemFences {
  /** False: no session and no term binds anybody. */
  readonly bind: boolean;
  /** Of all by which they have it; undefined: as far as the ledger knows they never had it. */
  readonly of: (holder: Holder) => Fences | undefined;
  /** Of what an act made known: its own terms, and those that its discloser was bound by. */
  readonly through: (act: DisclosureId) => Fences | undefined;
  /** Of what a holder declared to have: of its source, or of what they had been told before. */
  readonly declared: (word: Holding) => Fences | undefined;
}

const FREE: Fences = { sessions: [], free: true };

/**
 * The fences on one item, followed along every act in the order of places: what an act hands on keeps what its
 * discloser was bound by, in what came before it (`comesBefore`). Several chains: the widest counts, as with statuses.
 *
 * A holder's own word opens a chain where it stood on record before they were told. Said afterwards it opens nothing:
 * nobody takes down a fence around what they heard by declaring that they also knew it.
 * @param byMs what took effect later does not count
 */
export function fencesOn(person: ActivePerson, item: ItemId, byMs = Infinity): ItemFences {
  const words = [...(person.holdings.get(item) ?? [])];
  // Most items came from no session, and nobody set a term.
  if (!isFenced(actsOn(person, item), words)) return unfenced(person, item, byMs);
  const acts = actsBy(person, item, byMs);
  const said = words.filter(({ origin }) => isBy(origin.effectiveAt, byMs));
  return isFenced(acts, said) ? followed(acts, said) : unfenced(person, item, byMs);
}

function actsBy(person: ActivePerson, item: ItemId, byMs: number): readonly Act[] {
  return actsWith(person, item).filter((act) => !act.duplicateOf && isBy(act.effectiveAt, byMs));
}

function isFenced(acts: readonly Act[], words: readonly Holding[]): boolean {
  return areFenced(acts) || words.some(({ source }) => source.kind === 'session');
}

const fencedActs = new WeakMap<readonly Act[], boolean>();

function areFenced(acts: readonly Act[]): boolean {
  const known =
    fencedActs.get(acts) ?? acts.some(({ session, onward }) => session !== undefined || onward !== undefined);
  fencedActs.set(acts, known);
  return known;
}

/** Whoever was told, or says that they know, is free. Hardly anybody asks who that is. */
function unfenced(person: ActivePerson, item: ItemId, byMs: number): ItemFences {
  const acts = () => actsBy(person, item, byMs);
  const words = () =>
    [...(person.holdings.get(item) ?? [])].filter(({ origin }) => isBy(origin.effectiveAt, byMs));
  return {
    bind: false,
    of: (holder) => (has(holder, acts(), words()) ? FREE : undefined),
    through: (act) => (acts().some(({ disclosure }) => disclosure === act) ? FREE : undefined),
    declared: () => FREE,
  };
}

function has(holder: Holder, acts: readonly Act[], words: readonly Holding[]): boolean {
  const key = holderKey(holder);
  return (
    words.some((word) => holderKey(word.holder) === key) ||
    acts.some(({ recipients }) => recipients.some((one) => holderKey(one) === key))
  );
}

function followed(acts: readonly Act[], words: readonly Holding[]): ItemFences {
  const told = tellingsOf(acts, words);
  const opening = words.filter((word) => isBare(word, acts) && !told.some((one) => comesFirst(one, word)));
  const own = opening.map(({ holder, origin }) => ({
    place: placeOfHolding(origin.effectiveAt),
    holders: [holder],
    fences: () => FREE,
  }));
  const known = follow([...own, ...told].sort((a, b) => comparePlaces(a.place, b.place)));
  return {
    ...known,
    bind: true,
    declared: (word) => (opening.includes(word) ? FREE : said(word, acts, known)),
  };
}

/** Whether a holder also has an item from elsewhere than one session, so that it need not be forgotten with it. */
export function hasBeyondSession(
  person: ActivePerson,
  item: ItemId,
  holder: Holder,
  session: string,
): boolean {
  const fences = fencesOn(person, item).of(holder);
  return fences !== undefined && (fences.free || fences.sessions.some((one) => one !== session));
}

interface Step {
  readonly place: Place;
  readonly holders: readonly Holder[];
  /** Of what it hands on, by what its discloser is bound by. */
  readonly fences: (of: ItemFences['of']) => Fences;
  readonly act?: DisclosureId;
}

type Told = Step & Dated;

function isBy(when: Effective, byMs: number): boolean {
  return byMs === Infinity || startMs(when) < byMs;
}

/** By whom the item was made known to whom: in acts, and in sessions that a holder names as their source. */
function tellingsOf(acts: readonly Act[], words: readonly Holding[]): readonly Told[] {
  const moments: number[] = [];
  const passed = acts
    .toSorted((a, b) => a.origin.revision - b.origin.revision)
    .map((act): Told => {
      const { effectiveAt, origin, recipients, disclosure } = act;
      const place = placeOfAct(effectiveAt, origin.revision, moments);
      moments.splice(firstFrom(moments, place.ms), 0, place.ms);
      const holders = [...recipients, ...words.flatMap((word) => (isSource(act, word) ? [word.holder] : []))];
      const fences = (of: ItemFences['of']) => handedOn(act, act.discloser && of(act.discloser));
      return { act: disclosure, place, holders, effectiveAt, revision: origin.revision, fences };
    });
  const heard = words.flatMap(({ source, holder, origin: { effectiveAt, revision } }): readonly Told[] => {
    if (source.kind !== 'session') return [];
    const place = placeOfHolding(effectiveAt);
    return [{ place, holders: [holder], effectiveAt, revision, fences: () => inSession(source.session) }];
  });
  return [...heard, ...passed];
}

/** An act that a holder names as their source is one, unless the record says that it went to others. */
function isSource({ disclosure, recipients }: Act, { source, holder }: Holding): boolean {
  return (
    source.kind === 'disclosure' &&
    source.disclosure === disclosure &&
    recipients.some(
      (to) =>
        to.kind === 'unknown' ||
        holderKey(to) === holderKey(holder) ||
        (to.kind === 'category' && to.institution === institutionOf(holder)),
    )
  );
}

/** Nothing on record stands behind it but the holder's word. */
function isBare(word: Holding, acts: readonly Act[]): boolean {
  return word.source.kind !== 'session' && !acts.some((act) => isSource(act, word));
}

/** Whether somebody had been told before they said that they knew: the record has to show that they knew first. */
function comesFirst(told: Told, { holder, origin }: Holding): boolean {
  if (!told.holders.some((one) => holderKey(one) === holderKey(holder))) return false;
  return told.revision < origin.revision || !comesAfter(told, origin);
}

function said(
  word: Holding,
  acts: readonly Act[],
  { of, through }: Pick<ItemFences, 'of' | 'through'>,
): Fences | undefined {
  if (word.source.kind === 'session') return inSession(word.source.session);
  const source = acts.find((act) => isSource(act, word));
  return source ? through(source.disclosure) : of(word.holder);
}

function inSession(session: string): Fences {
  return { sessions: [session], free: false };
}

function follow(steps: readonly Step[]): Pick<ItemFences, 'of' | 'through'> {
  const known = new Map<string, Fences>();
  const acts = new Map<DisclosureId, Fences>();
  const of = (holder: Holder) => known.get(holderKey(holder));
  const held = heldBy(steps);
  for (const { act, place, holders, fences } of steps) {
    const handed = fences((holder) =>
      held(holder)
        .filter((own) => comesBefore(own.place, place))
        .reduce<Fences | undefined>((all, own) => widest(all, own.fences(of)), of(holder)),
    );
    if (act) acts.set(act, handed);
    for (const holder of holders) known.set(holderKey(holder), widest(of(holder), handed));
  }
  return { of, through: (act) => acts.get(act) };
}

/** What holders have by themselves. */
function heldBy(steps: readonly Step[]): (holder: Holder) => readonly Step[] {
  const held = new Map<string, Step[]>();
  for (const step of steps.filter(({ place }) => isHolding(place)))
    for (const key of step.holders.map(holderKey)) held.set(key, [...(held.get(key) ?? []), step]);
  return (holder) => held.get(holderKey(holder)) ?? [];
}

function handedOn({ session, onward }: Act, before: Fences | undefined): Fences {
  const from = session ? inSession(session) : (before ?? FREE);
  const terms = narrowest(onward, before?.onward);
  return { sessions: from.sessions, free: from.free, ...(terms ? { onward: terms } : {}) };
}

function widest(a: Fences | undefined, b: Fences): Fences {
  if (a === undefined) return b;
  const onward = a.onward && b.onward && [...a.onward, ...b.onward];
  return {
    sessions: [...new Set([...a.sessions, ...b.sessions])],
    free: a.free || b.free,
    ...(onward ? { onward } : {}),
  };
}

/** Whom both terms name. */
function narrowest(a: Fences['onward'], b: Fences['onward']): Fences['onward'] {
  if (a === undefined || b === undefined) return a ?? b;
  const inBoth = a.filter((one) => b.some((wide) => includes(wide, one)));
  const narrower = b.filter((one) => a.some((wide) => includes(wide, one) && !includes(one, wide)));
  return [...inBoth, ...narrower];
}

function includes(wide: RecipientScope, one: RecipientScope): boolean {
  if (wide.kind !== 'institution') return one.kind !== 'institution' && holderKey(wide) === holderKey(one);
  return wide.institution === (one.kind === 'institution' ? one.institution : institutionOf(one));
}
