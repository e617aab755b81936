import type { StreamCipher } from '#event-store';

export const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };

interface Place {
  readonly first: number;
  readonly position: number;
}

/**
 * Where the batches of the log stand among the rows. Batches name positions too (`upTo`), but of the engine on which
 * they were written: a ledger that was moved has others, so only the order of the rows is judged.
 */
export class Replayed {
  private readonly places: Place[] = [];

  /** `first`: index of the batch's first entry. */
  add(first: number, position: number): void {
    this.places.push({ first, position });
  }

  /** Position of the row whose batch holds the entry. */
  loggedAt(index: number): number {
    let [low, high] = [0, this.places.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.places[middle]!.first <= index) low = middle;
      else high = middle - 1;
    }
    return this.places[low]!.position;
  }
}
