import { affectedItems, ItemWays, type Way } from '#knowledge';
import type { EventId, Recorded } from '#decider';
import {
  holderKey,
  type ActivePerson,
  type DisclosureId,
  type Holder,
  type ItemId,
  type NoticeIssued,
  type PersonEvent,
} from '#person';
import { covers, endMs } from '#time';

/** What somebody is told who knows something that rested on what has ended. */
export type Reached = Pick<NoticeIssued['data'], 'to' | 'items' | 'disclosures' | 'asks'>;

/** Events that can end what holders' knowledge rests on, or change what they were told. */
export const ENDING: ReadonlySet<PersonEvent['type']> = new Set<PersonEvent['type']>([
  'ConsentWithdrawn',
  'ConsentRefused',
  'ObjectionRaised',
  'DisclosureCorrected',
  'InformationRequalified',
  'ErasureRequested',
]);

interface Lost {
  readonly holder: Holder;
  readonly item: ItemId;
  readonly disclosure: DisclosureId;
  readonly keeps: boolean;
}

/**
 * Every holder down the onward tree whose knowledge rested on what this event ended, as of one moment: to purge where
 * no valid chain is left, to acknowledge where one remains (GDPR 19). One who has attested the purge since, and somebody
 * whom nobody knows, is not told.
 * @param before the person before the event, `after` with it
 */
export function reachedBy(
  before: ActivePerson,
  after: ActivePerson,
  event: Recorded<PersonEvent>,
  nowMs: number,
): readonly Reached[] {
  const lost = itemsOf(after, event).flatMap((item) =>
    event.type === 'InformationRequalified' || event.type === 'ErasureRequested'
      ? everyRecipient(after, item, event.type === 'ErasureRequested')
      : lostWays(before, after, item, nowMs),
  );
  return grouped(lost.filter(({ holder, item }) => !hasPurged(after, item, holder)));
}

function itemsOf(person: ActivePerson, event: Recorded<PersonEvent>): readonly ItemId[] {
  if (event.type === 'ErasureRequested') return [...person.items.keys()];
  if (event.type === 'InformationRequalified') return [event.data.item];
  return affectedItems(person, event);
}

/** Ways that carried somebody's knowledge until the event and do so no more. */
function lostWays(before: ActivePerson, after: ActivePerson, item: ItemId, nowMs: number): readonly Lost[] {
  const [were, are] = [ItemWays.of(before, item), ItemWays.of(after, item)];
  return [...were.holders].flatMap((key) => {
    const carriedNow = (ways: readonly Way[]) => ways.filter((way) => covers(way.carried, nowMs));
    const still = carriedNow(are.of(key));
    const stillBy = new Set(still.map((way) => way.telling?.act.disclosure));
    return carriedNow(were.of(key)).flatMap(({ holder, telling }) =>
      telling && !stillBy.has(telling.act.disclosure)
        ? [{ holder, item, disclosure: telling.act.disclosure, keeps: still.length > 0 }]
        : [],
    );
  });
}

function everyRecipient(person: ActivePerson, item: ItemId, mustPurge: boolean): readonly Lost[] {
  const ways = ItemWays.of(person, item);
  return [...ways.holders].flatMap((key) =>
    ways
      .of(key)
      .flatMap(({ holder, telling }) =>
        telling ? [{ holder, item, disclosure: telling.act.disclosure, keeps: !mustPurge }] : [],
      ),
  );
}

function hasPurged(person: ActivePerson, item: ItemId, holder: Holder): boolean {
  const told = [...ItemWays.of(person, item).of(holderKey(holder))].map((way) => way.atMs);
  const last = Math.max(-Infinity, ...told);
  return (person.purges.get(item)?.toArray() ?? []).some(
    (purge) => holderKey(purge.holder) === holderKey(holder) && endMs(purge.origin.effectiveAt) > last,
  );
}

/** One notice for each holder and what it asks of them. */
function grouped(lost: readonly Lost[]): readonly Reached[] {
  const notices = new Map<
    string,
    { to: Holder; asks: Reached['asks']; items: Set<ItemId>; acts: Set<DisclosureId> }
  >();
  for (const { holder, item, disclosure, keeps } of lost) {
    if (holder.kind === 'unknown') continue;
    const asks = keeps ? 'acknowledge' : 'purge';
    const key = `${asks} ${holderKey(holder)}`;
    const notice = notices.get(key) ?? { to: holder, asks, items: new Set(), acts: new Set() };
    notice.items.add(item);
    notice.acts.add(disclosure);
    notices.set(key, notice);
  }
  return [...notices.values()].map(({ to, asks, items, acts }) => ({
    to,
    asks,
    items: [...items],
    disclosures: [...acts],
  }));
}

export function isIssued(person: ActivePerson, because: EventId): boolean {
  return person.notices.some((notice) => notice.because === because);
}
