import type { Actor } from '#decider';
import type { Directory, InstitutionData, InstitutionId, MandateId } from '#directory';
import { institutionOf, type ActivePerson, type Recipient } from '#person';
import type { Membership, SessionFacts } from '../facts.js';
import { seenFrom } from './may-see.js';
import type { Surroundings } from './parties.js';
import type { MaySee } from './words.js';

/** What commissions say: who sits there for this case, and the sessions that it was or is brought to. */
export interface Seats {
  readonly memberships: ReadonlyMap<MandateId, readonly Membership[]>;
  readonly sessions: readonly SessionFacts[];
}

export type Gathered = Surroundings & { readonly sessions: readonly SessionFacts[]; readonly maySee: MaySee };

/** Reads afresh, from the streams of institutions, what one assessment needs to know of those who take part. */
export async function gatherSurroundings(
  directory: Directory,
  caller: Actor,
  person: ActivePerson,
  parties: { readonly discloser: Recipient; readonly recipients: readonly Recipient[] },
  { memberships, sessions }: Seats,
): Promise<Gathered> {
  const all = [parties.discloser, ...parties.recipients];
  const named = all.flatMap((p) => (p.kind === 'mandate' ? [p.mandate] : []));
  const carers = all.some(({ kind }) => kind === 'category') ? person.care.keys() : [];
  const mandates = await directory.mandates([...named, ...carers]);
  const discloser =
    parties.discloser.kind === 'mandate' ? mandates.get(parties.discloser.mandate) : undefined;
  return {
    mandates,
    otherMandates: discloser ? await directory.otherMandates(discloser.mandate) : [],
    institutions: await institutionsOf(directory, all),
    memberships,
    sessions,
    maySee: await viewOf(directory, caller, person),
  };
}

async function institutionsOf(
  directory: Directory,
  parties: readonly Recipient[],
): Promise<ReadonlyMap<string, InstitutionData>> {
  const ids = [...new Set(parties.map(institutionOf).filter((id) => id !== undefined))];
  const known = await Promise.all(ids.map((id) => directory.institution(id)));
  return new Map(known.filter((i) => i !== undefined).map(({ data }) => [data.institution, data]));
}

async function viewOf(directory: Directory, caller: Actor, person: ActivePerson): Promise<MaySee> {
  if (caller.kind !== 'mandate') return seenFrom(caller, undefined, new Map());
  const recorders = new Set<string>([caller.id]);
  for (const { actor } of originsOf(person)) {
    if (actor.kind === 'mandate') recorders.add(actor.id);
    if (actor.assistedBy !== undefined) recorders.add(actor.assistedBy);
  }
  const found = await Promise.all(
    [...recorders].map(async (id) => [id, await directory.institutionOf(id)] as const),
  );
  const institutions = new Map(found.filter((f): f is [string, InstitutionId] => f[1] !== undefined));
  return seenFrom(caller, institutions.get(caller.id), institutions);
}

function originsOf({ consents, refusals, objections, informations }: ActivePerson) {
  const withdrawals = [...consents.values()].flatMap(({ exclusions }) => exclusions);
  const words = [consents, refusals, objections, informations].flatMap((all) => [...all.values()]);
  return [...words, ...withdrawals].map(({ origin }) => origin);
}
