import { accept, reject, type Actor, type Decision } from '#decider';
import type { InstitutionId } from '#directory';
import { notFound, type ActivePerson, type Facts, type FindingTreated } from '#person';
import type { Rejected } from '#time';
import type { Elsewhere } from '../../elsewhere/elsewhere.js';
import { allFindings } from '../all-findings.js';
import { idOf } from '../findings.projection.js';
import type { Finding } from '../rules.js';

export interface TreatFinding {
  /** What other streams say, of those whom the person's acts name. */
  readonly elsewhere: Elsewhere;
  readonly treated: FindingTreated['data'];
  /** Where the caller acts under a mandate. */
  readonly callerInstitution?: InstitutionId;
}

/** What is said to a finding: explained, corrected, or accepted with its reason. The last word counts. */
export function treatFinding(
  person: ActivePerson,
  { treated, elsewhere, callerInstitution }: TreatFinding,
  { caller }: Facts,
): Decision<FindingTreated> {
  const found = allFindings(person, elsewhere).find(
    (one) => idOf(person.identity.person, one) === treated.finding,
  );
  if (!found) return notFound('finding');
  const rejected = rejectForeign(found, caller, callerInstitution);
  if (rejected) return rejected;
  const last = person.treatments.get(treated.finding);
  if (last?.treatment === treated.treatment && last.reason === treated.reason) return accept();
  return accept({ type: 'FindingTreated', data: treated });
}

function rejectForeign(
  { institution }: Finding,
  { kind }: Actor,
  own: InstitutionId | undefined,
): Rejected | undefined {
  if (kind !== 'mandate' || (own !== undefined && institution === own)) return undefined;
  return reject({
    kind: 'not-permitted',
    detail: 'This was found about another institution.',
    remedy: 'Let that institution or the data officer treat it.',
  });
}
