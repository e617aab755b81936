import type { ActivePerson, ItemId } from '#person';
import { dutyRows } from '../duties/duties.projection.js';
import { owedAbout } from '../duties/owed.js';
import { ItemWays } from '../ways.js';
import { knowledgeBy, knowledgeRow } from '../who-knows/who-knows.projection.js';
import { actFindings } from './act-findings.js';
import { keptTooLong, unanswered } from './findings.projection.js';
import type { Finding } from './rules.js';

/** Everything that was or will be found about a person, over all of valid time. */
export function allFindings(person: ActivePerson): readonly Finding[] {
  const id = person.identity.person;
  const known = new Map<ItemId, ItemWays>();
  const waysOf = (item: ItemId) => {
    const ways = known.get(item) ?? ItemWays.of(person, item);
    known.set(item, ways);
    return ways;
  };
  const kept = [...person.items.keys()].flatMap((item) =>
    [...waysOf(item).holders].flatMap((holder) =>
      knowledgeBy(person, item, holder, waysOf(item).of(holder)).map((one) => knowledgeRow(id, one)),
    ),
  );
  const owed = [...person.notices.keys()].flatMap((notice) =>
    dutyRows(person, 'notice', notice, owedAbout(person, 'notice', notice)),
  );
  return [
    ...[...person.acts.values()].flatMap((act) => actFindings(person, act, waysOf)),
    ...keptTooLong(kept),
    ...unanswered(owed),
  ];
}
