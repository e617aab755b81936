import { Injectable } from '@nestjs/common';
import {
  Commissions,
  noSuchCommission,
  noSuchSession,
  notOnAgenda,
  Secretariat,
  type CaseId,
  type CommissionId,
  type KnownCommission,
  type SessionId,
} from '#commission';
import type { Actor } from '#decider';
import { Directory, type MandateId } from '#directory';
import { Intentions } from '#disclosure';
import { notFound } from '#http';
import type { ActivePerson, Facts, Intended, PersonId, Resolved } from '#person';
import type { IntendedFacts } from '#disclosure';
import { aboutThisCase, tablingWish, type Hearing, type Saying } from './tabling.js';

/** Where a case is heard. */
export interface Place {
  readonly commission: CommissionId;
  readonly session: SessionId;
  readonly case: CaseId;
}

export interface Found {
  readonly known: KnownCommission;
  readonly hearing: Hearing;
}

/** Finds cases before their sessions, read afresh at every call, and what tabling them would be. */
@Injectable()
export class Hearings {
  constructor(
    private readonly commissions: Commissions,
    private readonly secretariat: Secretariat,
    private readonly directory: Directory,
    private readonly intentions: Intentions,
  ) {}

  /** @throws Problem 404 where there is no such case before this commission */
  async personOf({ commission, case: id }: Omit<Place, 'session'>): Promise<PersonId> {
    const person = await this.commissions.personOf(commission, id);
    if (!person) throw notFound();
    return person.identity.person;
  }

  /** For the secretariat and for the reporter's institution; for everybody else there is no such session. */
  async find(person: ActivePerson, place: Place, caller: Actor): Promise<Resolved<Found>> {
    const known = await this.commissions.commission(place.commission);
    const referred = person.cases.get(place.case);
    if (!known || !referred || !(await this.mayTable(known, referred.reporter, caller)))
      return noSuchCommission();
    const session = known.sessions.get(place.session);
    if (!session) return noSuchSession();
    if (!session.agenda.has(place.case)) return notOnAgenda();
    return { kind: 'resolved', value: { known, hearing: { commission: known, session, referred } } };
  }

  /** What tabling it to these members would be, and everything that it is judged by. */
  async intention(
    hearing: Hearing,
    recipients: readonly MandateId[],
    saying: Saying,
    person: ActivePerson,
    facts: Facts,
  ): Promise<Resolved<{ readonly intended: Intended; readonly facts: IntendedFacts }>> {
    const wish = tablingWish(hearing, recipients, saying);
    const resolved = await this.intentions.resolve(wish, person, facts);
    if (resolved.kind === 'rejected') return resolved;
    const { intended, facts: gathered } = resolved.value;
    return { kind: 'resolved', value: { intended, facts: aboutThisCase(gathered, hearing) } };
  }

  private async mayTable(known: KnownCommission, reporter: MandateId, caller: Actor): Promise<boolean> {
    if (await this.secretariat.keeps(known, caller)) return true;
    const own = await this.directory.institutionOf(caller.id);
    return own !== undefined && own === (await this.directory.institutionOf(reporter));
  }
}
