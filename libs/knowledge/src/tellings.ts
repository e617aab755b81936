import { List } from 'immutable';
import {
  actsOn,
  basisInForce,
  categoryAt,
  holderKey,
  originalOf,
  stands,
  type Act,
  type ActivePerson,
  type Holder,
  type Holding,
  type ItemId,
} from '#person';
import { startMs, type Intervals } from '#time';

/** One act that passes one item on. */
export interface Telling {
  readonly act: Act;
  readonly atMs: number;
  /** Undefined where nobody knows who disclosed. */
  readonly from: string | undefined;
  readonly recipients: readonly Told[];
}

export interface Told {
  readonly to: string;
  readonly holder: Holder;
  /** When what the act itself rests on holds. */
  readonly basis: Intervals;
}

/** Who nobody knows is somebody else in every act. */
export function nodeKey(holder: Holder, act: Act): string {
  return holder.kind === 'unknown' ? `unknown:${act.disclosure}` : holderKey(holder);
}

/** Every act that passes the item on; those retracted or reported twice count once or not at all. */
export function tellingsOf(person: ActivePerson, item: ItemId): readonly Telling[] {
  return actsOn(person, item).flatMap((act) => tellingOf(person, item, act) ?? []);
}

/** Undefined where the act does not pass the item on, or no longer counts. */
export function tellingOf(person: ActivePerson, item: ItemId, act: Act): Telling | undefined {
  if (!act.items.some((i) => i.item === item) || !stands(person, act)) return;
  const { discloser, purpose } = act;
  const category = categoryAt(person, item, { effectiveAt: act.effectiveAt, revision: act.origin.revision });
  return {
    act,
    atMs: startMs(act.effectiveAt),
    from: discloser && nodeKey(discloser, act),
    recipients: act.recipients.map((recipient) => ({
      to: nodeKey(recipient, act),
      holder: recipient,
      basis: basisInForce(person, act, { item, category, recipient, discloser, purpose }),
    })),
  };
}

/**
 * Holdings that start a chain: learnt from the person, by observation, outside the ledger, or from an act that
 * the ledger does not show. One whose act is on record gets the item by that act, not by declaring it.
 */
export function originsOf(person: ActivePerson, item: ItemId): readonly Holding[] {
  const holdings = person.holdings.get(item) ?? List<Holding>();
  return holdings.filter(({ source, holder }) => !hasAct(person, source, holder)).toArray();
}

function hasAct(person: ActivePerson, source: Holding['source'], holder: Holder): boolean {
  if (source.kind !== 'disclosure') return false;
  const named = person.acts.get(source.disclosure);
  const act = named && originalOf(person, named);
  return (
    act !== undefined && !act.retracted && act.recipients.some((r) => holderKey(r) === holderKey(holder))
  );
}
