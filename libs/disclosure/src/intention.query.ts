import { randomUUID } from 'node:crypto';
import { gatherSurroundings } from '#assessment';
import { asId, type Effective } from '#decider';
import { Injectable } from '@nestjs/common';
import { Commissions } from '#commission';
import { Directory } from '#directory';
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
import type { IntendedFacts } from './intended.js';
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

export interface Parties {
  readonly discloser?: Recipient | undefined;
  readonly recipients: readonly Recipient[];
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
  ) {}

  async resolve(wish: DisclosureWish, person: ActivePerson, facts: Facts): Promise<Resolved<Intention>> {
    const act = await resolveAct(this.directory, wish, facts);
    if (act.kind === 'rejected') return act;
    const { provision, consents, declared, effectiveAt } = wish;
    const intended: Intended = {
      act: act.value,
      declared,
      effectiveAt,
      ...(provision ? { provision } : {}),
      ...(consents ? { consents } : {}),
    };
    return { kind: 'resolved', value: { intended, facts: await this.factsOf(intended, person, facts) } };
  }

  factsOf({ act }: Intended, person: ActivePerson, facts: Facts): Promise<IntendedFacts> {
    return this.factsAround(act, person, facts);
  }

  /** What an act between these is judged by; of a reported one nobody may know who disclosed. */
  async factsAround<Known extends Facts>(
    { discloser = UNKNOWN, recipients }: Parties,
    person: ActivePerson,
    facts: Known,
  ): Promise<Known & IntendedFacts> {
    const mandates = [discloser, ...recipients].flatMap((p) => (p.kind === 'mandate' ? [p.mandate] : []));
    const seats = await this.commissions.seatsOf(person, [...new Set(mandates)]);
    const parties = { discloser, recipients };
    const around = await gatherSurroundings(this.directory, facts.caller, person, parties, seats);
    return { ...facts, around };
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
