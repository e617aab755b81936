/** The position up to which something is done, and whoever waits for one. */
export class Reached {
  private readonly waiting = new Set<{ readonly position: number; resolve(reached: boolean): void }>();

  constructor(private reached: number) {}

  get position(): number {
    return this.reached;
  }

  advance(position: number): void {
    this.reached = position;
    for (const entry of this.waiting) if (entry.position <= position) entry.resolve(true);
  }

  /** True when everything up to the position is done, false when that took too long or came to an end. */
  async waitFor(position: number, timeoutMs: number): Promise<boolean> {
    if (this.reached >= position) return true;
    return new Promise((resolve) => {
      const entry = { position, resolve: (reached: boolean) => settle(reached) };
      const timer = setTimeout(() => settle(false), timeoutMs);
      const settle = (reached: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(entry);
        resolve(reached);
      };
      this.waiting.add(entry);
    });
  }

  /** Nothing more will be done. */
  end(): void {
    for (const entry of this.waiting) entry.resolve(false);
  }
}
