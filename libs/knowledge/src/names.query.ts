import type { HolderView, LabelView, Reader } from './reader.query.js';

/** Labels and holders as one page tells them: each is looked up, and opened, once. */
export class Names {
  private readonly labels = new Map<string, Promise<LabelView | undefined>>();
  private readonly holders = new Map<string, Promise<HolderView>>();

  constructor(
    private readonly reader: Reader,
    private readonly person: string,
    private readonly knownMs: number,
  ) {}

  /** Of an item, as known at the page's moment. */
  label(ref: string): Promise<LabelView | undefined> {
    return once(this.labels, ref, () => this.reader.label(this.person, ref, this.knownMs));
  }

  holder(key: string): Promise<HolderView> {
    return once(this.holders, key, () => this.reader.holder(this.person, key));
  }
}

function once<Answer>(known: Map<string, Answer>, key: string, look: () => Answer): Answer {
  let answer = known.get(key);
  if (answer === undefined) known.set(key, (answer = look()));
  return answer;
}
