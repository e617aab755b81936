import { comparePlaces, type Place } from '#person';

type Placed = readonly { readonly place: Place }[];

/** Of the first that is not before the place; the length where all are. */
export function indexAt(placed: Placed, place: Place): number {
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
