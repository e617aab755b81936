import { List } from 'immutable';
import type { Effective, Recorded } from '#decider';
import type {
  DecisionTaken,
  FollowUpEvent,
  NoticeAcknowledged,
  NoticeClosed,
  NoticeContested,
  OpinionGiven,
} from './follow-up.events.js';
import { endMs, startMs } from '#time';
import type { ItemId } from './person.ids.js';
import { fact, type ActivePerson, type Evolvers, type Notice, type Purge } from './person.state.js';
import { holderKey } from './recipient.js';

export const followUpEvolvers: Evolvers<Exclude<FollowUpEvent, { type: 'StreamClosed' }>> = {
  CaseReferred: (person, event) => ({
    ...person,
    cases: person.cases.set(event.data.case, { ...fact(event), conclusions: [] }),
  }),
  OpinionGiven: conclude,
  DecisionTaken: conclude,
  NoticeIssued: (person, event) => ({
    ...person,
    notices: person.notices.set(event.data.notice, { ...fact(event), state: 'open' }),
  }),
  NoticeAcknowledged: (person, event) => answerNotice(person, event, 'acknowledged'),
  NoticeContested: (person, event) => answerNotice(person, event, 'contested'),
  NoticeClosed: (person, event) => answerNotice(person, event, 'closed'),
  FindingTreated: (person, { data }) => ({
    ...person,
    treatments: person.treatments.set(data.finding, data),
  }),
  RetentionChanged(person, { data }) {
    const act = person.acts.get(data.disclosure);
    if (!act) return person;
    return { ...person, acts: person.acts.set(act.disclosure, { ...act, retainUntil: data.retainUntil }) };
  },
  PurgeAttested: (person, event) =>
    endNotices(
      {
        ...person,
        purges: event.data.items.reduce(
          (purges, item) => purges.set(item, (purges.get(item) ?? List<Purge>()).push(fact(event))),
          person.purges,
        ),
      },
      event.effectiveAt,
    ),
  AccessRequested: (person, event) => ({
    ...person,
    accessRequests: person.accessRequests.set(event.data.request, fact(event)),
  }),
  AccessAnswered(person, { data, effectiveAt }) {
    const request = person.accessRequests.get(data.request);
    if (!request) return person;
    const answered = { ...request, answeredAt: effectiveAt };
    return { ...person, accessRequests: person.accessRequests.set(data.request, answered) };
  },
  LegalHoldPlaced: (person, { data }) => ({
    ...person,
    legalHolds: person.legalHolds.set(data.hold, data.ground),
  }),
  LegalHoldLifted: (person, { data }) => ({ ...person, legalHolds: person.legalHolds.delete(data.hold) }),
  ErasureRequested: (person, { data, recordedAt }) => ({
    ...person,
    erasureRequested: { request: data.request, at: recordedAt },
  }),
};

function conclude(person: ActivePerson, event: Recorded<OpinionGiven | DecisionTaken>): ActivePerson {
  const referred = person.cases.get(event.data.case);
  if (!referred) return person;
  const kind = event.type === 'OpinionGiven' ? 'opinion' : 'decision';
  const conclusions = [...referred.conclusions, { ...fact(event), kind } as const];
  return { ...person, cases: person.cases.set(event.data.case, { ...referred, conclusions }) };
}

/** A notice ends by itself once its holder has attested the purge of all that it names. */
function endNotices(person: ActivePerson, endedAt: Effective): ActivePerson {
  const ended = person.notices.map((notice) =>
    notice.state === 'open' && notice.items.every((item) => isPurgedSince(person, item, notice))
      ? { ...notice, state: 'purged' as const, endedAt }
      : notice,
  );
  return { ...person, notices: ended };
}

function isPurgedSince(person: ActivePerson, item: ItemId, { to, since }: Notice): boolean {
  return (person.purges.get(item) ?? List<Purge>()).some(
    (purge) => holderKey(purge.holder) === holderKey(to) && endMs(purge.origin.effectiveAt) > startMs(since),
  );
}

function answerNotice(
  person: ActivePerson,
  { data, effectiveAt: endedAt }: Recorded<NoticeAcknowledged | NoticeContested | NoticeClosed>,
  state: 'acknowledged' | 'contested' | 'closed',
): ActivePerson {
  const notice = person.notices.get(data.notice);
  if (!notice) return person;
  return { ...person, notices: person.notices.set(data.notice, { ...notice, state, endedAt }) };
}
