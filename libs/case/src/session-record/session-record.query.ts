import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Catalogues } from '#catalogue';
import { Commissions, Secretariat, type CaseId, type Constituted, type Session } from '#commission';
import type { Actor, Effective, Instant } from '#decider';
import { notFound, Recorder } from '#http';
import type { ActivePerson, Case } from '#person';
import { addDays, addMonths, civilDate, dayOf } from '#time';
import type { Place } from '../hearing.query.js';
import { People } from '../people.query.js';
import { lookedAt, type SessionQuestionRequest } from '../session-question.request.js';
import { itemView, nameOf } from '../views.js';
import { heardIn, oweDestruction, type Heard } from './forgetting.js';
import type { ConclusionView, HeardCase, HeardView, HeldSession } from './held.js';

export class SessionRecordQuery {
  constructor(
    readonly place: Omit<Place, 'case'>,
    readonly asked: SessionQuestionRequest,
    readonly caller: Actor,
  ) {}
}

/** Whether what a mandate heard, or owes, is for this caller to see. */
type MaySee = (heard: Heard) => boolean;

/**
 * A session as it was held. Its secretariat sees all of it; whoever was in the room for a case sees that case and
 * what they themselves were told; the reporter sees their case; for everybody else there is no such session.
 */
@QueryHandler(SessionRecordQuery)
export class SessionRecordHandler implements IQueryHandler<SessionRecordQuery> {
  constructor(
    private readonly commissions: Commissions,
    private readonly secretariat: Secretariat,
    private readonly catalogues: Catalogues,
    private readonly recorder: Recorder,
    private readonly people: People,
  ) {}

  /** @throws Problem 404 */
  async execute({ place, asked, caller }: SessionRecordQuery): Promise<HeldSession> {
    const commission = await this.commissions.commission(place.commission);
    const session = commission?.sessions.get(place.session);
    if (!commission || !session) throw notFound();
    const keeps = await this.secretariat.keeps(commission, caller);
    const agenda: HeardCase[] = [];
    for (const id of session.agenda.keys()) {
      const person = await this.commissions.personOf(place.commission, id);
      const maySee = person && (keeps ? () => true : seenBy(caller, session, person.cases.get(id)!));
      if (person && maySee) agenda.push(await this.view(person, session, id, maySee));
    }
    if (!keeps && agenda.length === 0) throw notFound();
    await lookedAt(this.recorder.ledger, caller, asked, 'session-record', agenda);
    return { ...(await this.head(commission, session)), agenda };
  }

  private async head(commission: Constituted, { session, on, closedAt }: Session) {
    const { commission: id, name, kind, purpose, regime } = commission.data;
    const attestBy = closedAt === undefined ? null : await this.deadline(closedAt);
    return { commission: id, name, kind, purpose, regime, session, on, closedAt: closedAt ?? null, attestBy };
  }

  private async deadline(closedAt: Effective): Promise<string> {
    const { period } = (await this.catalogues.current()).deadline('attest-destruction');
    const day = civilDate(dayOf(closedAt));
    return ('months' in period ? addMonths(day, period.months) : addDays(day, period.days)).date;
  }

  private async view(person: ActivePerson, session: Session, id: CaseId, maySee: MaySee): Promise<HeardCase> {
    const referred = person.cases.get(id)!;
    const { present = [], guests = [] } = session.agenda.get(id) ?? {};
    const now: Instant = this.recorder.ledger.clock.now();
    const heard = heardIn(person, session.session, referred).filter(maySee);
    const owed = oweDestruction(person, session, referred, now).filter(maySee);
    return {
      case: id,
      person: person.identity.person,
      personName: nameOf(person),
      question: referred.question,
      reporter: await this.people.view(referred.reporter),
      present: await this.people.views(present),
      guests: await this.people.views(guests),
      tabled: await this.named(person, heard),
      conclusions: conclusionsOf(referred, session),
      toAttest: await this.named(person, owed),
    };
  }

  private named(person: ActivePerson, heard: readonly Heard[]): Promise<HeardView[]> {
    return Promise.all(
      heard.map(async ({ recipient, items }) => ({
        member: await this.people.view(recipient.mandate),
        items: items.map((item) => itemView(person, item)),
      })),
    );
  }
}

function seenBy({ kind, id }: Actor, { agenda }: Session, referred: Case): MaySee | undefined {
  if (kind !== 'mandate') return undefined;
  if (referred.reporter === id) return () => true;
  const attendance = agenda.get(referred.case as CaseId);
  const wasThere = [...(attendance?.present ?? []), ...(attendance?.guests ?? [])].some((one) => one === id);
  return wasThere ? ({ recipient }) => recipient.mandate === id : undefined;
}

function conclusionsOf({ conclusions }: Case, { session }: Session): readonly ConclusionView[] {
  return conclusions
    .filter((one) => one.session === session)
    .map(({ kind, label, levers, accompaniment, cooperation, origin }) => ({
      kind,
      label,
      ...(levers ? { levers } : {}),
      ...(accompaniment ? { accompaniment } : {}),
      ...(cooperation ? { cooperation } : {}),
      on: origin.effectiveAt,
    }));
}
