import type { Actor } from '#decider';
import type { Directory, InstitutionId, MandateId, ReadStream, RegisteredInstitution } from '#directory';
import { institutionOf, type ActivePerson, type Recipient } from '#person';
import type { Membership, SessionFacts } from '../facts.js';
import { seenFrom } from './may-see.js';
import type { Surroundings } from './parties.js';
import type { MaySee } from './words.js';

/** What commissions say: who sits there for this case, and the sessions that it was or is brought to. */
export interface Seats {
  readonly memberships: ReadonlyMap<MandateId, readonly Membership[]>;
  readonly sessions: readonly SessionFacts[];
  /** The commissions that said so. */
  readonly read: readonly ReadStream[];
}

export interface Gathered extends Surroundings {
  readonly sessions: readonly SessionFacts[];
  /** Streams that say who takes part; everybody who sees the act may look them up. */
  readonly cites: readonly ReadStream[];
  /** What else was read: the discloser's other mandates, and commissions where anybody sits. */
  readonly alsoRead: readonly ReadStream[];
}

/** Reads afresh, from the streams of institutions, what one assessment needs to know of those who take part. */
export async function gatherSurroundings(
  directory: Directory,
  caller: Actor,
  person: ActivePerson,
  parties: { readonly discloser: Recipient; readonly recipients: readonly Recipient[] },
  { memberships, sessions, read }: Seats,
): Promise<Gathered> {
  const all = [parties.discloser, ...parties.recipients];
  const named = all.flatMap((p) => (p.kind === 'mandate' ? [p.mandate] : []));
  const mandates = await directory.mandates([...named, ...(await carersIn(directory, person, all))]);
  const discloser =
    parties.discloser.kind === 'mandate' ? mandates.get(parties.discloser.mandate) : undefined;
  const otherMandates = discloser ? await directory.otherMandates(discloser.mandate) : [];
  const institutions = await institutionsOf(directory, all);
  return {
    mandates,
    otherMandates,
    institutions: new Map(institutions.map(({ data }) => [data.institution, data])),
    memberships,
    sessions,
    maySee: await viewOf(directory, caller, person),
    cites: eachOnce([...mandates.values(), ...institutions]),
    alsoRead: eachOnce([...otherMandates, ...read]),
  };
}

/** Where a function receives: those at its institution who take part in the care, since some may hold it. */
async function carersIn(
  directory: Directory,
  person: ActivePerson,
  parties: readonly Recipient[],
): Promise<readonly MandateId[]> {
  const receiving = new Set(parties.flatMap((p) => (p.kind === 'category' ? [p.institution] : [])));
  if (receiving.size === 0) return [];
  const carers = await Promise.all(
    [...person.care.keys()].map(async (id) => ({ id, at: await directory.institutionOf(id) })),
  );
  return carers.flatMap(({ id, at }) => (at !== undefined && receiving.has(at) ? [id] : []));
}

async function institutionsOf(
  directory: Directory,
  parties: readonly Recipient[],
): Promise<readonly RegisteredInstitution[]> {
  const ids = [...new Set(parties.map(institutionOf).filter((id) => id !== undefined))];
  const known = await Promise.all(ids.map((id) => directory.institution(id)));
  return known.filter((i) => i !== undefined);
}

function eachOnce(read: readonly ReadStream[]): readonly ReadStream[] {
  const byStream = new Map(read.map(({ stream, revision }) => [stream, { stream, revision }]));
  return [...byStream.values()];
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

function originsOf({ care, consents, refusals, objections, informations }: ActivePerson) {
  const withdrawals = [...consents.values()].flatMap(({ exclusions }) => exclusions);
  const words = [consents, refusals, objections, informations].flatMap((all) => [...all.values()]);
  const relations = [...care.values()].flatMap((all) => [...all]);
  return [...words, ...withdrawals, ...relations].map(({ origin }) => origin);
}
