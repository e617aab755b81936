import { personTesting, type PersonEvent, type TakenBack } from '#person';
import { dateOfAct, day, DAYS, HOLDERS, ITEMS, pick, type Draw, type Made } from './history-parts.testing.js';

const { id } = personTesting;

/** Something that is said about an act already on record: a contest, a correction, another retention. */
export function aboutAct(d: Draw, made: Made): PersonEvent {
  const act = pick(made.acts, d.a);
  const effectiveAt = day(d.day);
  const reason = 'x';
  switch (d.b % 7) {
    case 0:
      return { type: 'DisclosureContested', data: { disclosure: act, ground: reason }, effectiveAt };
    case 1:
      return {
        type: 'ContestAnswered',
        data: { disclosure: act, by: id('Mandate', 1), answer: 'rejected', reason },
        effectiveAt,
      };
    case 2:
      return {
        type: 'RetentionChanged',
        data: { disclosure: act, retainUntil: day(d.c % DAYS), reason },
        effectiveAt,
      };
    case 3:
      return {
        type: 'DisclosureCorrected',
        data: { disclosure: act, changes: {}, retracted: d.c % 3 !== 0, reason },
        effectiveAt,
      };
    case 4:
      return {
        type: 'DisclosureCorrected',
        data: { disclosure: act, changes: { recipients: [pick(HOLDERS, d.c)] }, reason },
        effectiveAt,
      };
    case 5:
      return {
        type: 'DisclosureCorrected',
        data: {
          disclosure: act,
          changes: { items: [{ item: pick(ITEMS, d.c) }] },
          actEffectiveAt: dateOfAct({ ...d, day: d.d % DAYS, b: d.a }),
          reason,
        },
        effectiveAt,
      };
    default: {
      const other = pick(made.acts, d.c);
      const taken: TakenBack[] = d.d % 2 === 0 ? ['duplicateOf'] : ['duplicateOf', 'retainUntil'];
      const duplicate = other === act ? { takenBack: taken } : { duplicateOf: other };
      return {
        type: 'DisclosureCorrected',
        data: { disclosure: act, changes: {}, ...duplicate, reason },
        effectiveAt,
      };
    }
  }
}
