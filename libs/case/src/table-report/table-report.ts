import { accept, reject, type Decision } from '#decider';
import type { KnownMandate } from '#directory';
import { judgeIntention, recordDisclosure, type IntendedFacts } from '#disclosure';
import type { ActivePerson, Citation, Intended } from '#person';
import { withoutDenied } from '../leave-out.js';

export interface TableReport {
  /** To those in the room who have not been told yet. */
  readonly intended: Intended;
  /** The commission and session that were relied on. */
  readonly cites: Citation;
  /** Take out what is denied, instead of being refused. */
  readonly leaveOut: boolean;
  readonly decider?: KnownMandate;
}

type Result = Extract<ReturnType<typeof recordDisclosure>, { kind: 'accepted' }>['events'][number];

/** One disclosure to those present for this agenda item, judged as every intended disclosure is. */
export function tableReport(
  person: ActivePerson,
  { intended, cites, leaveOut, decider }: TableReport,
  facts: IntendedFacts,
): Decision<Result> {
  const tabled = leaveOut
    ? withoutDenied(intended, judgeIntention(person, intended, facts).assessment.cells)
    : intended;
  const decided = recordDisclosure(person, { ...tabled, ...(decider ? { decider } : {}) }, facts);
  return decided.kind === 'rejected'
    ? decided
    : accept(...decided.events.map((event) => cited(event, cites)));
}

/** Who sat and who was there are facts of another stream. */
function cited(event: Result, cites: Citation): Result {
  if (event.type !== 'DisclosureRecorded') return event;
  return { ...event, data: { ...event.data, cites: [...event.data.cites, cites] } };
}

export function nobodyPresent() {
  return reject({
    kind: 'contradiction',
    detail: 'Nobody is recorded as present for this case, beside its reporter.',
    remedy: 'Record who is in the room for it first.',
  });
}
