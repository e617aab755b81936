const HOUR_MS = 3_600_000;
/** Keys, about 200 bytes each. Beyond it all are forgotten, which costs a repetition and loses nothing. */
const MOST = 100_000;

/** What happened within the last hour, as far as this process remembers. */
export class RecentHour {
  private readonly at = new Map<string, number>();

  has(key: string, nowMs: number): boolean {
    const then = this.at.get(key);
    return then !== undefined && nowMs >= then && nowMs - then < HOUR_MS;
  }

  add(key: string, nowMs: number): void {
    if (this.at.size >= MOST) this.at.clear();
    this.at.set(key, nowMs);
  }
}
