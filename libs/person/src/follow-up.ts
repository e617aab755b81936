import { List } from 'immutable';
import type { Recorded } from '#decider';
import type { DecisionTaken, FollowUpEvent, OpinionGiven } from './follow-up.events.js';
import { endMs, startMs } from '#time';
import type { ItemId, NoticeId } from './person.ids.js';
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
  NoticeAcknowledged: (person, { data }) => answerNotice(person, data.notice, 'acknowledged'),
  NoticeContested: (person, { data }) => answerNotice(person, data.notice, 'contested'),
  NoticeClosed: (person, { data }) => answerNotice(person, data.notice, 'closed'),
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
    endNotices({
      ...person,
      purges: event.data.items.reduce(
        (purges, item) => purges.set(item, (purges.get(item) ?? List<Purge>()).push(fact(event))),
        person.purges,
      ),
    }),
  AccessRequested: (person, event) => ({
    ...person,
    accessRequests: person.accessRequests.set(event.data.request, { ...fact(event), answered: false }),
  }),
  AccessAnswered(person, { data }) {
    const request = person.accessRequests.get(data.request);
    if (!request) return person;
    const answered = { ...request, answered: true };
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
function endNotices(person: ActivePerson): ActivePerson {
  const ended = person.notices.map((notice) =>
    notice.state === 'open' && notice.items.every((item) => isPurgedSince(person, item, notice))
      ? { ...notice, state: 'purged' as const }
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
  id: NoticeId,
  state: 'acknowledged' | 'contested' | 'closed',
): ActivePerson {
  const notice = person.notices.get(id);
  return notice ? { ...person, notices: person.notices.set(id, { ...notice, state }) } : person;
}
