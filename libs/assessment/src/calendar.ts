import { addDays, addMonths, civilDate, dayOf, endMs } from '#time';
import type { CivilDate, Effective } from '#decider';
import type { Period } from '#catalogue';

/**
 * Calendar sums are slow, and one assessment asks for the same few dozen times for every item and recipient; so
 * the last thousands are kept. What is kept depends on nothing but the question.
 */
function remembered<Answer>(compute: (key: string) => Answer): (key: string) => Answer {
  const answers = new Map<string, Answer>();
  return (key) => {
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = compute(key);
      if (answers.size >= 10_000) answers.clear();
      answers.set(key, answer);
    }
    return answer;
  };
}

const endOfCivil = remembered((key) => {
  const [date, zone, precision] = key.split(' ') as [string, string, CivilDate['precision']];
  return endMs({ date, zone, precision });
});

/** Epoch ms of the first moment after it. */
export function endOf(when: Effective): number {
  return typeof when === 'string' ? endMs(when) : endOfCivil(`${when.date} ${when.zone} ${when.precision}`);
}

const dayLater = remembered((key) => {
  const [date, unit, amount] = key.split(' ') as [string, 'months' | 'days', string];
  return (unit === 'months' ? addMonths : addDays)(civilDate(date), Number(amount));
});

/** The day so many months or days after the act's. */
export function after(at: Effective, period: Period): CivilDate {
  const [unit, amount] = 'months' in period ? ['months', period.months] : ['days', period.days];
  return dayLater(`${dayOf(at)} ${unit} ${amount}`);
}
