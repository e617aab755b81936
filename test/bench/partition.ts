import { metric, type Metric } from './measure.js';

/** A tenth of a per cent of what docs/scale.md plans for, drawn with one seed. */
const PERSONS = 700_000;
const MEAN_DISCLOSURES = 143;
/** Few people have most disclosures: Pareto, shape 1.5. */
const SHAPE = 1.5;
const ASKED = 20_000;

/**
 * Read models split by the first hexadecimal digits of a person's random id: how much more the fullest part holds than
 * the mean, and how much slower than one part a question is that asks all of them.
 */
export function partitionBench(): readonly Metric[] {
  return [16, 256].flatMap((parts) => {
    const random = seeded(20_261_122);
    const held = new Float64Array(parts);
    for (let n = 0; n < PERSONS; n++) held[Math.floor(random() * parts)]! += disclosures(random());
    const mean = held.reduce((sum, one) => sum + one, 0) / parts;
    const of = `${parts} parts, ${PERSONS} persons, ${Math.round(mean)} disclosures a part (simulated)`;
    return [
      metric(`partition-${parts}-fullest`, Math.max(...held) / mean, '× the mean', of, '≤ 1.5', 1.5),
      metric(
        `partition-${parts}-all`,
        slowestOf(parts, random) / slowestOf(1, random),
        '× one part, p50',
        of,
        '',
        10,
      ),
    ];
  });
}

function disclosures(draw: number): number {
  const least = (MEAN_DISCLOSURES * (SHAPE - 1)) / SHAPE;
  // Nobody is told of more often than daily for a life.
  return Math.min(least / (1 - draw) ** (1 / SHAPE), 30_000);
}

/** Median time of the slowest of so many answers: 2 ms each as a rule, one in a hundred ten times that. */
function slowestOf(parts: number, random: () => number): number {
  const answer = () => -2 * Math.log(1 - random()) * (random() < 0.01 ? 10 : 1);
  const slowest = Array.from({ length: ASKED / parts }, () => {
    let most = 0;
    for (let n = 0; n < parts; n++) most = Math.max(most, answer());
    return most;
  }).sort((a, b) => a - b);
  return slowest[Math.floor(slowest.length / 2)]!;
}

/** A linear congruential generator: the same numbers for the same seed, good enough to spread load. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
