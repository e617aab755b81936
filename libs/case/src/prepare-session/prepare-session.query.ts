import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Assessment } from '#assessment';
import {
  expectedFor,
  Commissions,
  Secretariat,
  type CaseId,
  type Constituted,
  type Session,
} from '#commission';
import { accept, type Effective, type Instant } from '#decider';
import type { MandateId } from '#directory';
import { judgeIntention } from '#disclosure';
import { answer, notFound, Recorder, type CommandRequest } from '#http';
import { PersonDesk, type ActivePerson, type Facts } from '#person';
import { civilDate, dayOf, endMs, epochMs, instantOf } from '#time';
import { Hearings, type Place } from '../hearing.query.js';
import { People } from '../people.query.js';
import { lookedAt, type SessionQuestionRequest } from '../session-question.request.js';
import { itemViews, nameOf } from '../views.js';
import type { PreparedCase, PreparedSession } from './prepared.js';
import { preparationOf } from './preparation.js';

export class PrepareSessionQuery {
  constructor(
    readonly place: Omit<Place, 'case'>,
    readonly asked: SessionQuestionRequest,
    readonly request: CommandRequest,
  ) {}
}

/** Asks the nine points of every item of the agenda for every member who is expected; nothing is recorded but that somebody looked. */
@QueryHandler(PrepareSessionQuery)
export class PrepareSessionHandler implements IQueryHandler<PrepareSessionQuery> {
  constructor(
    private readonly commissions: Commissions,
    private readonly secretariat: Secretariat,
    private readonly hearings: Hearings,
    private readonly desk: PersonDesk,
    private readonly people: People,
    private readonly recorder: Recorder,
  ) {}

  /** @throws Problem 404 for everybody but the secretariat */
  async execute({ place, asked, request }: PrepareSessionQuery): Promise<PreparedSession> {
    const commission = await this.commissions.commission(place.commission);
    const session = commission?.sessions.get(place.session);
    if (!commission || !session || !(await this.secretariat.keeps(commission, request.caller)))
      throw notFound();
    const agenda: PreparedCase[] = [];
    for (const id of session.agenda.keys()) {
      const prepared = await this.prepare(commission, session, id, request);
      if (prepared) agenda.push(prepared);
    }
    await lookedAt(this.recorder.ledger, request.caller, asked, 'session-preparation', agenda);
    const { name, kind, purpose, regime } = commission.data;
    const { session: held, on } = session;
    return { commission: place.commission, name, kind, purpose, regime, session: held, on, agenda };
  }

  /** Nothing where the person was erased since. */
  private async prepare(
    commission: Constituted,
    session: Session,
    id: CaseId,
    request: CommandRequest,
  ): Promise<PreparedCase | undefined> {
    const place = { commission: commission.data.commission, session: session.session, case: id };
    const whose = await this.commissions.personOf(place.commission, id);
    if (!whose) return undefined;
    let prepared: PreparedCase | undefined;
    const outcome = await this.desk.decide<never>(whose.identity.person, request, async (person, facts) => {
      const expected = expectedFor(commission, id, session.on);
      const assessment = await this.assess(person, place, expected, facts);
      if (assessment.kind === 'rejected') return assessment;
      prepared = await this.view(person, id, expected, assessment.value);
      return accept();
    });
    answer(outcome, () => ({}));
    return prepared;
  }

  private async assess(person: ActivePerson, place: Place, expected: readonly MandateId[], facts: Facts) {
    const found = await this.hearings.find(person, place, facts.caller);
    if (found.kind === 'rejected') return found;
    const { hearing } = found.value;
    const recipients = expected.filter((mandate) => mandate !== hearing.referred.reporter);
    const saying = { channel: 'oral', declared: {} } as const;
    const intention = await this.hearings.intention(hearing, recipients, saying, person, facts);
    if (intention.kind === 'rejected') return intention;
    const { intended, facts: gathered } = intention.value;
    const now = onTheDayAtLatest(gathered.now, hearing.session.on);
    const { assessment } = judgeIntention(person, intended, { ...gathered, now });
    // Nobody to tell is no disclosure: there is nothing to judge yet.
    return { kind: 'resolved', value: recipients.length > 0 ? assessment : undefined } as const;
  }

  private async view(
    person: ActivePerson,
    id: CaseId,
    expected: readonly MandateId[],
    assessment: Assessment | undefined,
  ): Promise<PreparedCase> {
    const referred = person.cases.get(id)!;
    const { question, whyCollective, reporter, report } = referred;
    return {
      case: id,
      person: person.identity.person,
      personName: nameOf(person),
      question,
      whyCollective,
      reporter: await this.people.view(reporter),
      report: report ? { ...report, author: await this.people.view(report.author) } : null,
      items: itemViews(person, referred),
      expected: await this.people.views(expected),
      preparation: assessment ? preparationOf(assessment) : null,
      assessment: assessment ?? null,
    };
  }
}

/** Asked after the session, it is still what had to be prepared: its duties could be met then. */
function onTheDayAtLatest(now: Instant, on: Effective): Instant {
  return instantOf(Math.min(epochMs(now), endMs(civilDate(dayOf(on))) - 1));
}
