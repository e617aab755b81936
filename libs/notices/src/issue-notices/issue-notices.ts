import { accept, asId, type Decision, type Instant, type Recorded } from '#decider';
import type { ActivePerson, NoticeIssued, PersonEvent } from '#person';
import { addDays, civilDate, dayOf, epochMs, later } from '#time';
import { isIssued, reachedBy } from '../reached.js';

/** A holder has a month to answer, like whoever is asked under GDPR 12(3). */
const ANSWER_DAYS = 30;

export interface IssueNotices {
  /** What ended something, and the person before and with it. */
  readonly event: Recorded<PersonEvent>;
  readonly before: ActivePerson;
  readonly after: ActivePerson;
  /** As many as are needed are taken. */
  newId(): string;
}

/** Once for each event, on whichever node the reaction runs first. */
export function issueNotices(
  person: ActivePerson,
  { event, before, after, newId }: IssueNotices,
  now: Instant,
): Decision<NoticeIssued> {
  if (isIssued(person, event.id)) return accept();
  // A clock that jumped back must not look at the moment before the event.
  const at = later(now, event.recordedAt);
  const answerBy = addDays(civilDate(dayOf(at)), ANSWER_DAYS);
  const reached = reachedBy(before, after, event, epochMs(at));
  return accept(
    ...reached.map((told): NoticeIssued => ({
      type: 'NoticeIssued',
      data: {
        ...told,
        notice: asId<'Notice'>(newId()),
        because: event.id,
        since: event.effectiveAt,
        answerBy,
      },
    })),
  );
}

/**
 * Those that follow from acts that only a deferral tells.
 * @param alone what the person's own stream says
 * @param known the same with the deferral
 */
export function issueDeferred(
  alone: ActivePerson,
  known: ActivePerson,
  request: IssueNotices,
  now: Instant,
): Decision<NoticeIssued> {
  const decision = issueNotices(known, request, now);
  if (decision.kind === 'rejected') return decision;
  const isDeferred = ({ data }: NoticeIssued) => data.disclosures.some((act) => !alone.acts.has(act));
  return accept(...decision.events.filter(isDeferred));
}
