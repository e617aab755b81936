/** One figure, beside what it is compared with in the same run. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against: string;
  readonly ratio: number;
  readonly goal: string;
  readonly reached: boolean;
}

export interface Measured {
  readonly name: string;
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  /** The least ratio; left out: printed for orientation. */
  readonly goal?: number | undefined;
  /** Operations per second of ours, then of what it is compared with. */
  readonly ours: () => Promise<number>;
  readonly peer: () => Promise<number>;
}

const RUNS = 5;

/** Ours and the peer take turns, so that what else the machine does meets both; medians of five. */
export async function measure(measured: Measured): Promise<Metric> {
  await measured.ours();
  await measured.peer();
  const ours: number[] = [];
  const peer: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    ours.push(await measured.ours());
    peer.push(await measured.peer());
  }
  const [value, floor] = [median(ours), median(peer)];
  const ratio = value / floor;
  return {
    name: measured.name,
    value: Math.round(value),
    unit: measured.unit,
    against: `${measured.against}: ${Math.round(floor)}`,
    ratio: Math.round(ratio * 100) / 100,
    goal: measured.goal === undefined ? '' : `≥ ${measured.goal}×`,
    reached: ratio >= (measured.goal ?? 0),
  };
}

/** A figure that must not go beyond a limit; the ratio is its share of it. */
export function metric(
  name: string,
  value: number,
  unit: string,
  against: string,
  goal: string,
  limit: number,
): Metric {
  const rounded = Math.round(value * 1000) / 1000;
  return {
    name,
    value: rounded,
    unit,
    against,
    ratio: Math.round((value / limit) * 100) / 100,
    goal,
    reached: value <= limit,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Operations per second of `count` operations by `callers` at a time. */
export async function rate(
  count: number,
  callers: number,
  operation: (i: number) => Promise<unknown>,
): Promise<number> {
  const startMs = performance.now();
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < count; i = next++) await operation(i);
  };
  await Promise.all(Array.from({ length: callers }, worker));
  return (count / (performance.now() - startMs)) * 1000;
}
