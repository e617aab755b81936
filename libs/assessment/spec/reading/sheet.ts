export type Mark = 'NA' | 'OK' | 'DOC' | 'WARN' | 'ESC' | 'BLOCK';
const ORDER: readonly Mark[] = ['NA', 'OK', 'DOC', 'WARN', 'ESC', 'BLOCK'];

/** The nine boxes of one item for one recipient; each keeps the worst mark it is given. */
export class Sheet {
  private readonly boxes: (Mark | undefined)[] = [];
  /** Duties that arise, for point 9. */
  readonly owed = new Set<string>();
  softened = false;

  constructor(
    private readonly safety: boolean,
    /** Points that do not arise at this level. */
    private readonly silent: ReadonlySet<number>,
  ) {}

  /** `soft`: the safety rule names this. Points 4, 8 and 9 it names whole. `owes`: what follows if it goes out. */
  mark(point: number, mark: Mark, options: { soft?: boolean; owes?: string } = {}): void {
    if (this.silent.has(point)) return;
    const severe = mark === 'BLOCK' || mark === 'ESC';
    const soft = this.safety && severe && (options.soft === true || [4, 8, 9].includes(point));
    if (soft) this.softened = true;
    const final = soft ? 'WARN' : mark;
    const before = this.boxes[point];
    if (before === undefined || ORDER.indexOf(final) > ORDER.indexOf(before)) this.boxes[point] = final;
    if (options.owes && final !== 'BLOCK' && final !== 'ESC') this.owed.add(options.owes);
  }

  result(): Mark[] {
    return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => (this.silent.has(n) ? 'NA' : (this.boxes[n] ?? 'OK')));
  }
}
