import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import type { Catalogues } from '#catalogue';
import type { CommissionId, Commissions, Constituted } from '#commission';
import type { ActorId, Directory, InstitutionId, MandateId, RegisteredInstitution } from '#directory';
import { institutionOf, type ActivePerson } from '#person';
import type { Elsewhere } from './elsewhere.js';

export interface Streams {
  readonly directory: Directory;
  readonly commissions: Commissions;
  readonly catalogues: Catalogues;
}

/** What other streams say of everybody whom one person's stream names, read afresh. */
export async function elsewhereOf(
  { directory, commissions, catalogues }: Streams,
  person: ActivePerson,
): Promise<Elsewhere> {
  const parties = partiesOf(person);
  const named = await directory.mandates(parties.flatMap((p) => (p.kind === 'mandate' ? [p.mandate] : [])));
  const others = await Promise.all(
    [...named.values()].map(({ mandate }) => directory.otherMandates(mandate)),
  );
  const mandates = [...named.values(), ...others.flat()];
  const institutions = new Set([
    ...mandates.map(({ institution }) => institution),
    ...parties.flatMap((party) => institutionOf(party) ?? []),
  ]);
  const known = await Promise.all([...institutions].map((id) => directory.institution(id)));
  const around = await commissions.around(person, [...named.keys()]);
  return {
    published: await catalogues.published(),
    institutions: ImmutableMap(
      known.flatMap((one): [InstitutionId, RegisteredInstitution][] =>
        one ? [[one.data.institution, one]] : [],
      ),
    ),
    given: ImmutableMap(mandates.map(({ mandate, institution }) => [mandate.mandate, institution])),
    mandatesOf: mandates.reduce(
      (byActor, { mandate }) =>
        byActor.update(mandate.actor, ImmutableSet(), (all) => all.add(mandate.mandate)),
      ImmutableMap<ActorId, ImmutableSet<MandateId>>(),
    ),
    commissions: ImmutableMap(around.map((one): [CommissionId, Constituted] => [one.data.commission, one])),
    seats: around
      .flatMap(({ data, seats }) => [...seats.keys()].map((mandate) => [mandate, data.commission] as const))
      .reduce(
        (byMandate, [mandate, commission]) =>
          byMandate.update(mandate, ImmutableSet(), (all) => all.add(commission)),
        ImmutableMap<MandateId, ImmutableSet<CommissionId>>(),
      ),
  };
}

function partiesOf({ acts, holdings, care }: ActivePerson) {
  return [
    ...[...acts.values()].flatMap(({ discloser, recipients }) => [
      ...(discloser ? [discloser] : []),
      ...recipients,
    ]),
    ...[...holdings.values()].flatMap((held) => held.toArray().map(({ holder }) => holder)),
    ...[...care.values()].flatMap((relations) =>
      relations
        .toArray()
        .map(({ mandate, institution }) => ({ kind: 'mandate', mandate, institution }) as const),
    ),
  ];
}
