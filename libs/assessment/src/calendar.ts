import { addDays, addMonths, civilDate, dayOf, remembered } from '#time';
import type { CivilDate, Effective } from '#decider';
import type { Period } from '#catalogue';

const dayLater = remembered((key) => {
  const [date, unit, amount] = key.split(' ') as [string, 'months' | 'days', string];
  return (unit === 'months' ? addMonths : addDays)(civilDate(date), Number(amount));
});

/** The day so many months or days after the act's. */
export function after(at: Effective, period: Period): CivilDate {
  const [unit, amount] = 'months' in period ? ['months', period.months] : ['days', period.days];
  return dayLater(`${dayOf(at)} ${unit} ${amount}`);
}
