import type { Effective } from '#decider';
import {
  answeringContests,
  answeringFor,
  answerOf,
  holderKey,
  inScope,
  institutionOf,
  stands,
  type AccessRequest,
  type Act,
  type ActivePerson,
  type AssessedDuty,
  type Notice,
  type Objection,
} from '#person';
import { addMonths, civilDate, dayOf, endMs, FOREVER_MS, startMs } from '#time';
import type { Judged, Judgements } from '../findings/judged.js';
import { attestationsOwed, sessionOf } from './attestations.js';
import type { Owed } from './owing.js';
import { dischargedMs, doneMs, first, passingsOf, toldMs, type Part } from './fulfilled.js';

export type About = 'disclosure' | 'notice' | 'objection' | 'access-request' | 'deferral';

/** Whoever is asked under GDPR 12(3) has a month to answer. */
const ANSWER_MONTHS = 1;
/** They follow the last day of keeping when it is changed. */
const UNTIL_THE_PURGE: ReadonlySet<string> = new Set(['purge', 'no-onward-sharing', 'notify-changes']);

/** Everything that is owed about one disclosure, notice or objection, done or not, in an order that stays. */
export function owedAbout(judgements: Judgements, about: About, id: string): readonly Owed[] {
  const { person } = judgements;
  switch (about) {
    case 'disclosure': {
      const act = [...actOf(person, id)];
      return [...decisionOwed(person, id), ...act.flatMap((one) => owedByAct(judgements, one))];
    }
    case 'notice': {
      const notice = person.notices.get(id as Notice['notice']);
      return notice ? [noticeOwed(person, notice)] : [];
    }
    case 'objection': {
      const objection = person.objections.get(id as Objection['objection']);
      return objection ? answersOwed(person, objection) : [];
    }
    case 'access-request': {
      const asked = person.accessRequests.get(id);
      return asked ? [accessOwed(asked)] : [];
    }
    // Its own stream tells, not the person's.
    case 'deferral':
      return [];
  }
}

function actOf(person: ActivePerson, id: string): readonly Act[] {
  const act = person.acts.get(id as Act['disclosure']);
  return act && stands(person, act) ? [act] : [];
}

/** A retracted or duplicate act owes nothing. */
function owedByAct(judgements: Judgements, act: Act): readonly Owed[] {
  const { person, elsewhere } = judgements;
  const session = sessionOf(person, act, elsewhere);
  const assessed = assessedOwed(judgements, act);
  return [
    // Nobody owes anything before the session is closed, whatever day the report was tabled.
    ...(session ? assessed.filter(({ kind }) => kind !== 'attest-destruction') : assessed),
    ...reviewOwed(person, act),
    ...contestsOwed(act),
    ...(session ? attestationsOwed(person, act, session, elsewhere) : []),
  ];
}

/** Of an intended act as it was decided; of a report as it is judged by what is known now. */
function assessedOwed(judgements: Judgements, act: Act): readonly Owed[] {
  const { person } = judgements;
  const judged = act.reported ? judgements.on(act) : undefined;
  const cited = judged ? citedOnStanding(judged) : standingCitedBy(act);
  return (
    (judged?.duties() ?? act.assessed?.duties ?? [])
      // Nothing can be asked of somebody whom nobody knows.
      .filter(({ kind, debtor }) => kind !== 'decide-escalation' && debtor.kind !== 'unknown')
      .flatMap((duty): Owed[] => {
        const told = partOf(act, duty);
        if (!told) return [];
        const part = { ...told, cited };
        const { kind, debtor, standing } = duty;
        const deadline = (UNTIL_THE_PURGE.has(kind) ? act.retainUntil : undefined) ?? duty.deadline;
        const done = doneMs(person, part, duty);
        return [{ ...owedBy(act, debtor), kind, ...shown(part), deadline, standing, doneMs: done }];
      })
  );
}

/** Ids of the facts that point 5 rests on. */
function standingCitedBy({ assessed }: Act): readonly string[] {
  return (assessed?.points ?? [])
    .filter(({ point }) => point === 5)
    .flatMap(({ facts }) => facts.flatMap(({ id }) => id ?? []));
}

function citedOnStanding({ passings }: Judged): readonly string[] {
  return passings
    .flatMap(({ rulings }) => rulings)
    .filter(({ point }) => point === 5)
    .flatMap(({ facts }) => facts.flatMap(({ id }) => id ?? []));
}

/** What a correction took out of the act is no longer owed. */
function partOf(act: Act, { items, recipient }: Pick<AssessedDuty, 'items' | 'recipient'>): Part | undefined {
  const kept = items.filter((item) => act.items.some((one) => one.item === item));
  // As the act names them: the assessment tells mandates without their institution.
  const told = act.recipients.find((one) => holderKey(one) === holderKey(recipient));
  return kept.length > 0 && told ? { act, recipient: told, items: kept } : undefined;
}

function shown({ recipient, items }: Part): Pick<Owed, 'recipient' | 'items'> {
  return { recipient: holderKey(recipient), items };
}

function owedBy(act: Act, debtor: AssessedDuty['debtor']): Pick<Owed, 'debtor' | 'institution' | 'sinceMs'> {
  const institution = answeringFor(act, debtor);
  const key = debtor.kind === 'institution' ? `institution:${institution ?? ''}` : holderKey(debtor);
  return { debtor: key, institution, sinceMs: startMs(act.effectiveAt) };
}

/** An exception is looked at again on its day, unless the person has been told of all of it by then. */
function reviewOwed(person: ActivePerson, act: Act): readonly Owed[] {
  const reviewBy = act.declared?.exception?.reviewBy;
  const { discloser } = act;
  if (!reviewBy || !discloser) return [];
  const items = act.items.map(({ item }) => item);
  const told = act.recipients.map((recipient) => toldMs(person, { act, recipient, items }));
  const kind = 'review-exception';
  const done = Math.min(Math.max(...told), dischargedMs(act, kind, discloser));
  const rest = { recipient: undefined, items, deadline: reviewBy, standing: false, doneMs: done };
  return [{ ...owedBy(act, discloser), kind, ...rest }];
}

function contestsOwed(act: Act): readonly Owed[] {
  return act.contests.flatMap(({ from, until }) =>
    answeringContests(act).map((institution): Owed => ({
      kind: 'answer-contest',
      debtor: `institution:${institution}`,
      institution,
      recipient: undefined,
      items: act.items.map(({ item }) => item),
      deadline: inAMonth(from),
      standing: false,
      sinceMs: startMs(from),
      doneMs: until ? startMs(until) : FOREVER_MS,
    })),
  );
}

function decisionOwed(person: ActivePerson, id: string): readonly Owed[] {
  const waiting = person.escalations.get(id as Act['disclosure']);
  if (!waiting) return [];
  const { to, act, decidedAt, decideBy, origin } = waiting;
  const items = act.act.items.map(({ item }) => item);
  const rest = { recipient: undefined, items, deadline: decideBy, standing: false };
  return [
    {
      ...rest,
      kind: 'decide-escalation',
      debtor: `mandate:${to}`,
      institution: institutionOf(act.act.discloser),
      sinceMs: startMs(origin.effectiveAt),
      doneMs: decidedAt ? startMs(decidedAt) : FOREVER_MS,
    },
  ];
}

function noticeOwed(person: ActivePerson, notice: Notice): Owed {
  const { to, disclosures, asks, items, answerBy, endedAt, origin } = notice;
  const told = disclosures.flatMap((one) => person.acts.get(one)?.discloser ?? []);
  return {
    kind: asks === 'purge' ? 'purge-on-notice' : 'acknowledge-notice',
    debtor: holderKey(to),
    institution: [to, ...(to.kind === 'outsider' ? told : [])]
      .map(institutionOf)
      .find((one) => one !== undefined),
    recipient: undefined,
    items,
    deadline: answerBy,
    standing: false,
    sinceMs: startMs(origin.effectiveAt),
    doneMs: endedAt ? startMs(endedAt) : FOREVER_MS,
  };
}

/** Institutions that made known what the objection is about by then; where none did, those that it names. */
function answersOwed(person: ActivePerson, objection: Objection): readonly Owed[] {
  const { origin, liftedAt, items, recipients } = objection;
  const named = recipients.flatMap((one) => (one.kind === 'outsider' ? [] : [one.institution]));
  const shared = [...person.acts.values()]
    .filter((act) => startMs(act.effectiveAt) < endMs(origin.effectiveAt) && stands(person, act))
    .filter((act) => isAbout(person, objection, act))
    .flatMap(({ discloser }) => (discloser && institutionOf(discloser)) ?? []);
  return [...new Set(shared.length > 0 ? shared : named)].sort().map((institution) => ({
    kind: 'answer-objection',
    debtor: `institution:${institution}`,
    institution,
    recipient: undefined,
    items,
    deadline: inAMonth(origin.effectiveAt),
    standing: false,
    sinceMs: startMs(origin.effectiveAt),
    doneMs: first([answerOf(objection, institution)?.answeredAt, liftedAt]),
  }));
}

function accessOwed({ institution, answerBy, answeredAt, origin }: AccessRequest): Owed {
  return {
    kind: 'answer-access',
    debtor: `institution:${institution}`,
    institution,
    recipient: undefined,
    items: [],
    deadline: answerBy,
    standing: false,
    sinceMs: startMs(origin.effectiveAt),
    doneMs: answeredAt ? startMs(answeredAt) : FOREVER_MS,
  };
}

function isAbout(person: ActivePerson, objection: Objection, act: Act): boolean {
  const items = act.items.map(({ item }) => item);
  return act.recipients.some((recipient) =>
    passingsOf(person, { act, recipient, items }).some((passing) => inScope(objection, passing)),
  );
}

function inAMonth(from: Effective): Effective {
  return addMonths(civilDate(dayOf(from)), ANSWER_MONTHS);
}
