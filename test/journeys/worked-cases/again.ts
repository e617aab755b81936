import { openDataFolder } from '../../../apps/api/src/index.js';
import { Catalogues, versionNamed } from '#catalogue';
import { Commissions, type CommissionId } from '#commission';
import { gatherSurroundings, type Assessment } from '#assessment';
import type { Fold, Recorded, StreamName } from '#decider';
import { Directory, type InstitutionId, type MandateId } from '#directory';
import { judgeIntention } from '#disclosure';
import { Ledger } from '#event-store';
import {
  personFold,
  personStream,
  type ActivePerson,
  type Citation,
  type DisclosureAssessed,
  type DisclosureRecorded,
  type PersonEvent,
  type PersonId,
} from '#person';
import { systemClock } from '#time';

/** An act as the ledger holds it, and as it is judged again from what it cites. */
export interface JudgedAgain {
  readonly kept: DisclosureAssessed['data'];
  readonly again: Assessment;
}

/** Every recorded act about somebody, judged again: from the ledger's events alone, with no server running. */
export async function judgedAgain(dataDir: string, person: string): Promise<readonly JudgedAgain[]> {
  const folder = await openDataFolder(dataDir, true);
  try {
    const ledger = new Ledger(folder.store, folder.sealing, systemClock);
    const events = await eventsOf<PersonEvent>(ledger, personStream(person as PersonId));
    const assessed = events.filter((event) => event.type === 'DisclosureAssessed');
    return await Promise.all(
      assessed.map((one) => again(ledger, events, one as Recorded<DisclosureAssessed>)),
    );
  } finally {
    await folder.close();
  }
}

async function again(
  ledger: Ledger,
  events: readonly Recorded<PersonEvent>[],
  { data: kept, actor }: Recorded<DisclosureAssessed>,
): Promise<JudgedAgain> {
  const act = events.find(
    (event) => event.type === 'DisclosureRecorded' && event.data.disclosure === kept.disclosure,
  ) as Recorded<DisclosureRecorded>;
  const person = fold(personFold, events.slice(0, kept.personRevision + 1)) as ActivePerson;
  const { catalogue } = versionNamed(await new Catalogues(ledger).published(), kept.catalogueVersion)!;
  const { basis, cites, ...said } = act.data;
  const past = asCited(ledger, [...cites, ...(kept.cites ?? [])]);
  const directory = new Directory(past, await mandatesIn(ledger));
  const commissions = new Commissions(
    past,
    { commissionsOf: async () => cited<CommissionId>('commission-', kept.cites ?? []) },
    { personOf: async () => undefined },
  );
  const mandates = [said.discloser, ...said.recipients].flatMap((p) =>
    p.kind === 'mandate' ? [p.mandate] : [],
  );
  const seats = await commissions.seatsOf(person, mandates);
  const around = await gatherSurroundings(directory, actor, person, said, seats);
  const intended = {
    act: said,
    ...(basis.provision ? { provision: basis.provision } : {}),
    declared: kept.declared,
    effectiveAt: act.effectiveAt,
  };
  const facts = { around, catalogue, revision: kept.personRevision, now: kept.assessedAt, caller: actor };
  return { kept, again: judgeIntention(person, intended, facts).assessment };
}

/** A ledger in which a stream ends where the act cites it, and what is not cited is not there. */
function asCited(ledger: Ledger, cites: readonly Citation[]): Ledger {
  const revisions = new Map(cites.map(({ stream, revision }) => [stream, revision]));
  const load = async (stream: StreamName, folding: Fold<unknown, Recorded<never>>) => {
    const revision = revisions.get(stream) ?? -1;
    const events = revision < 0 ? [] : await eventsOf(ledger, stream);
    return { state: fold(folding, events.slice(0, revision + 1) as Recorded<never>[]), revision };
  };
  return Object.assign(Object.create(ledger) as Ledger, { load });
}

function cited<Id>(prefix: string, cites: readonly Citation[]): readonly Id[] {
  return cites.flatMap(({ stream }) =>
    stream.startsWith(prefix) ? [stream.slice(prefix.length) as Id] : [],
  );
}

/** Which institution gave a mandate, to whom: that never changes. */
async function mandatesIn(ledger: Ledger) {
  const given: { mandate: MandateId; actor: string; institution: InstitutionId }[] = [];
  let after = 0;
  for (;;) {
    const stored = await ledger.store.readAll(after, 500, { kinds: ['institution'] });
    if (stored.length === 0) break;
    for (const { type, stream, data } of await ledger.codec.open(stored))
      if (type === 'MandateGiven')
        given.push({ ...(data as object), institution: stream.slice('institution-'.length) } as never);
    after = stored.at(-1)!.position;
  }
  return {
    institutionOf: async (id: MandateId) => given.find(({ mandate }) => mandate === id)?.institution,
    mandatesOf: async (who: string) =>
      given.filter(({ actor }) => actor === who).map(({ mandate }) => mandate),
  };
}

async function eventsOf<Event extends PersonEvent>(
  { store, codec }: Ledger,
  stream: StreamName,
): Promise<readonly Recorded<Event>[]> {
  const head = await store.head(stream);
  return (await codec.open(await store.read(stream, 0, (head?.revision ?? -1) + 1))) as Recorded<Event>[];
}

function fold<State, Event>({ initial, evolve }: Fold<State, Event>, events: readonly Event[]): State {
  return events.reduce((state, event) => evolve(state, event), initial);
}
