import { comesBefore, comparePlaces, type Place } from '#person';

type Placed = readonly { readonly place: Place }[];

/** What a holder had learnt by the time of their act, of all they learnt in the order of places. */
export function before<One extends Placed[number]>(learnt: readonly One[], act: Place): readonly One[] {
  const at = indexAt(learnt, act);
  const known = learnt.slice(0, at);
  // A holding may stand behind the act, within its date.
  for (let i = at; i < learnt.length && learnt[i]!.place.ms < act.endMs; i++)
    if (comesBefore(learnt[i]!.place, act)) known.push(learnt[i]!);
  return known;
}

/** Of the first that is not before the place; the length where all are. */
function indexAt(placed: Placed, place: Place): number {
  let [low, high] = [0, placed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePlaces(placed[middle]!.place, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Most come last, so the search begins there. */
export function indexAfter(placed: Placed, place: Place): number {
  let at = placed.length;
  while (at > 0 && comparePlaces(placed[at - 1]!.place, place) > 0) at--;
  return at;
}
