import {
  unknownReference,
  type ActivePerson,
  type CareRelationStarted,
  type Intended,
  type Recipient,
} from '#person';
import type { Rejected } from '#time';

/** Only those between whom it passes can be said to take part in the care by it. */
export function rejectDeclaredStrangers({ act, declared }: Intended): Rejected | undefined {
  const parties: ReadonlySet<string> = new Set(partiesOf(act).map(({ mandate }) => mandate));
  const stranger = (declared.inCare ?? []).findIndex((mandate) => !parties.has(mandate));
  return stranger < 0
    ? undefined
    : unknownReference(`inCare[${stranger}]`, 'discloser or recipient of this disclosure');
}

/**
 * What the discloser says of who takes part in the care, beside the act: on record as their word. It confirms nothing to
 * the nine points; whoever is known to take part already is left alone.
 */
export function declaredCare(person: ActivePerson, intended: Intended): readonly CareRelationStarted[] {
  const { act, declared, effectiveAt } = intended;
  return partiesOf(act)
    .filter(({ mandate }) => declared.inCare?.includes(mandate))
    .filter(({ mandate }) => !person.care.get(mandate)?.some(({ until }) => until === undefined))
    .map(({ mandate, institution }) => ({
      type: 'CareRelationStarted',
      data: { mandate, institution, declaredBy: 'discloser' },
      effectiveAt,
    }));
}

function partiesOf({
  discloser,
  recipients,
}: Intended['act']): readonly Extract<Recipient, { kind: 'mandate' }>[] {
  return [discloser, ...recipients].flatMap((party) => (party.kind === 'mandate' ? [party] : []));
}
