import type { ActivePerson } from '#person';
import { dutyRows } from '../duties/duties.projection.js';
import { owedAbout, type About } from '../duties/owed.js';
import type { Elsewhere } from '../elsewhere/elsewhere.js';
import { knowledgeBy, knowledgeRow } from '../who-knows/who-knows.projection.js';
import { actFindings } from './act-findings.js';
import { Judgements } from './judged.js';
import { keptAfterMandate, keptTooLong, overdueFindings } from './row-findings.js';
import type { Finding } from './rules.js';

/** Everything that was or will be found about a person, over all of valid time. */
export function allFindings(person: ActivePerson, elsewhere: Elsewhere): readonly Finding[] {
  const id = person.identity.person;
  const judgements = new Judgements(person, elsewhere);
  const { waysOf } = judgements;
  const known = [...person.items.keys()].flatMap((item) =>
    [...waysOf(item).holders].map((holder) =>
      knowledgeBy(person, item, holder, waysOf(item).of(holder)).map((one) => knowledgeRow(id, one)),
    ),
  );
  const owed = (about: About, ids: Iterable<string>) =>
    [...ids].flatMap((one) => dutyRows(person, about, one, owedAbout(judgements, about, one)));
  return [
    ...[...person.acts.values()].flatMap((act) => actFindings(judgements, act)),
    ...known.flatMap((rows) => [...keptTooLong(rows), ...keptAfterMandate(rows, elsewhere)]),
    ...overdueFindings([...owed('notice', person.notices.keys()), ...owed('disclosure', person.acts.keys())]),
  ];
}
