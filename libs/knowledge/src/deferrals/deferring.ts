import type { DomainEvent, Recorded } from '#decider';
import type { Ledger } from '#event-store';
import {
  personFold,
  personStream,
  type KnownDeferral,
  type LedgerConsulted,
  type Person,
  type PersonEvent,
  deferralStream,
  type DeferralId,
} from '#person';
import type { Deferring } from './deferrals.projection.js';

/**
 * The person as they were when the deferral's event was recorded, read from the ledger: deferrals are rare, and every
 * rebuild must come to the same rows. Undefined once their erasure was requested.
 */
export async function deferringAt(
  ledger: Ledger,
  deferral: KnownDeferral,
  event: Recorded<DomainEvent>,
): Promise<Deferring | undefined> {
  const positions: number[] = [];
  let person: Person = personFold.initial;
  const stream = personStream(deferral.data.person);
  reading: for await (const page of ledger.pages(stream))
    for (const one of await ledger.codec.openWhatRemains(page)) {
      if (!one || one.position > event.position) break reading;
      positions.push(one.position);
      person = personFold.evolve(person, one as Recorded<PersonEvent>);
    }
  if (person.status !== 'active' || person.erasureRequested) return undefined;
  const behind = (position: number) => positions.filter((one) => one < position).length - 1;
  const covered = deferral.covered.map((one) => ({ behind: behind(one.position), event: one })).toArray();
  return { deferral, person, covered };
}

/** Who looked at a deferral while it was open. */
export async function looksAt(
  ledger: Ledger,
  deferral: DeferralId,
): Promise<readonly Recorded<LedgerConsulted>[]> {
  const looks: Recorded<LedgerConsulted>[] = [];
  for await (const page of ledger.pages(deferralStream(deferral))) {
    const found = page.filter(({ type }) => type === 'LedgerConsulted');
    for (const one of await ledger.codec.openWhatRemains(found))
      if (one) looks.push(one as Recorded<LedgerConsulted>);
  }
  return looks;
}
