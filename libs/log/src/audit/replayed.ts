import type { StreamCipher } from '#event-store';

export const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };

interface Span {
  readonly first: number;
  /** Its events stand after the one position and up to the other. */
  readonly after: number;
  readonly upTo: number;
}

/** Which positions of the ledger each batch of the log covers. */
export class Replayed {
  private readonly spans: Span[] = [];

  /** `first`: index of the batch's first entry. */
  add(first: number, upTo: number): void {
    this.spans.push({ first, after: this.spans.at(-1)?.upTo ?? 0, upTo });
  }

  /** Of the batch that holds the entry. */
  positionsOf(index: number): Span {
    let [low, high] = [0, this.spans.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.spans[middle]!.first <= index) low = middle;
      else high = middle - 1;
    }
    return this.spans[low]!;
  }
}
