import { randomUUID } from 'node:crypto';
import { gatherSurroundings, type Gathered } from '#assessment';
import { Catalogues } from '#catalogue';
import { asId, type Effective } from '#decider';
import { Injectable } from '@nestjs/common';
import { Commissions } from '#commission';
import { Directory } from '#directory';
import { readOnce, type Streams } from '#event-store';
import {
  actingMandate,
  holderOf,
  resolveRecipients,
  resolveScopes,
  type ActivePerson,
  type Facts,
  type Intended,
  type Recipient,
  type RecipientRequest,
  type RecipientScope,
  type Resolved,
} from '#person';
import { startMs } from '#time';
import type { IntendedFacts } from './intended.js';
import type { PastFacts } from './reported.js';
import { rejectUnwieldy } from './rules.js';

/** The act as it was asked for, before its parties are looked up. */
export interface DisclosureWish extends Omit<Intended, 'act' | 'effectiveAt'> {
  /** Left out: the caller's mandate. */
  readonly discloser?: string;
  readonly recipients: readonly RecipientRequest[];
  readonly onward?: readonly RecipientRequest[];
  readonly said: Omit<Intended['act'], 'disclosure' | 'discloser' | 'recipients' | 'onward'>;
  readonly effectiveAt: Effective;
}

const UNKNOWN = { kind: 'unknown' } as const;

interface Parties {
  readonly discloser: Recipient;
  readonly recipients: readonly Recipient[];
  readonly effectiveAt: Effective;
}

export interface Past {
  readonly discloser?: Recipient;
  readonly recipients: readonly Recipient[];
  readonly effectiveAt: Effective;
}

export interface Intention {
  readonly intended: Intended;
  readonly facts: IntendedFacts;
}

/** Looks up the parties of an intended act, and everything that it is judged by: afresh, at every attempt. */
@Injectable()
export class Intentions {
  constructor(
    private readonly directory: Directory,
    private readonly commissions: Commissions,
    private readonly catalogues: Catalogues,
  ) {}

  /** As another moment of the ledger has them. */
  asOf(past: Streams): Intentions {
    return new Intentions(this.directory.asOf(past), this.commissions.asOf(past), this.catalogues);
  }

  async resolve(wish: DisclosureWish, person: ActivePerson, facts: Facts): Promise<Resolved<Intention>> {
    const directory = this.directory.reading(readOnce);
    const act = await resolveAct(directory, wish, facts);
    if (act.kind === 'rejected') return act;
    const { provision, consents, declared, effectiveAt } = wish;
    const intended: Intended = {
      act: act.value,
      declared,
      effectiveAt,
      ...(provision ? { provision } : {}),
      ...(consents ? { consents } : {}),
    };
    const all = await this.factsOf(intended, person, facts, directory);
    return { kind: 'resolved', value: { intended, facts: all } };
  }

  async factsOf(
    { act, effectiveAt }: Pick<Intended, 'act' | 'effectiveAt'>,
    person: ActivePerson,
    facts: Facts,
    directory = this.directory.reading(readOnce),
  ): Promise<IntendedFacts> {
    return { ...facts, around: await this.around(directory, { ...act, effectiveAt }, person, facts) };
  }

  /** What an act that happened is judged by; nobody may know who disclosed. */
  async factsThen(past: Past, person: ActivePerson, facts: Facts): Promise<PastFacts> {
    const parties = { discloser: UNKNOWN, ...past };
    const around = await this.around(this.directory.reading(readOnce), parties, person, facts);
    return { ...facts, around, catalogueThen: await this.catalogues.at(startMs(past.effectiveAt)) };
  }

  private async around(
    directory: Directory,
    parties: Parties,
    person: ActivePerson,
    { caller }: Facts,
  ): Promise<Gathered> {
    const { discloser, recipients, effectiveAt } = parties;
    const mandates = [discloser, ...recipients].flatMap((p) => (p.kind === 'mandate' ? [p.mandate] : []));
    const seats = await this.commissions.seatsOf(person, [...new Set(mandates)], effectiveAt);
    return gatherSurroundings(directory, caller, person, parties, seats);
  }
}

async function resolveAct(
  directory: Directory,
  { discloser, recipients, onward, said }: DisclosureWish,
  facts: Facts,
): Promise<Resolved<Intended['act']>> {
  const by = await actingMandate(directory, facts.caller, 'discloser', discloser);
  if (by.kind === 'rejected') return by;
  const to = await resolveRecipients(directory, 'recipients', recipients);
  if (to.kind === 'rejected') return to;
  const unwieldy = rejectUnwieldy('', said.items, to.value);
  if (unwieldy) return unwieldy;
  const further = await resolveScopes(directory, 'onward', onward ?? []);
  if (further.kind === 'rejected') return further;
  const act: Intended['act'] = {
    ...said,
    disclosure: asId<'Disclosure'>(randomUUID()),
    discloser: holderOf(by.value),
    recipients: to.value,
    ...(onward ? { onward: further.value as readonly RecipientScope[] } : {}),
  };
  return { kind: 'resolved', value: act };
}
