import { List, Set as ImmutableSet } from 'immutable';
import type { DomainEvent, Effective, Fold, Instant, Recorded } from '#decider';
import type { InstitutionId } from '#directory';
import { accessFold, type Access } from '../access/access.js';
import type { Recipient } from '../recipient.js';
import { institutionOf } from '../recipient.js';
import { isCovered, type DeferralEvent, type InformationDeferred } from './deferral.events.js';

/** A deferral as far as its own stream tells: what it says of the person is folded with the person. */
export type Deferral =
  | { readonly status: 'unknown' }
  | KnownDeferral
  /** After an erasure. */
  | { readonly status: 'closed' };

export interface KnownDeferral {
  readonly status: 'open' | 'ended';
  readonly data: InformationDeferred['data'];
  /** As the last review left it. */
  readonly reviewBy: Effective;
  readonly since: Effective;
  readonly endedAt?: Effective;
  /** What it covers, in its order. */
  readonly covered: List<Recorded<DomainEvent>>;
  /** Those who may see it: whoever answers for it, disclosers and recipients. */
  readonly institutions: ImmutableSet<InstitutionId>;
  /** Who looked, as far as a repetition is to be recognised. */
  readonly access: Access;
  readonly recordedAt: Instant;
}

export const deferralFold: Fold<Deferral, Recorded<DeferralEvent>> = {
  initial: { status: 'unknown' },
  evolve(deferral, event) {
    if (event.type === 'StreamClosed') return { status: 'closed' };
    if (event.type === 'InformationDeferred') return begun(event);
    if (deferral.status !== 'open') return deferral;
    const known = { ...deferral, recordedAt: event.recordedAt };
    switch (event.type) {
      case 'InformationDeferralReviewed':
        return { ...known, reviewBy: event.data.reviewBy };
      case 'InformationDeferralEnded':
        return { ...known, status: 'ended', endedAt: event.effectiveAt };
      case 'LedgerConsulted':
        return { ...known, access: accessFold.evolve(known.access, event) };
      default:
        return covering(known, event);
    }
  },
};

function begun({ data, effectiveAt, recordedAt }: Recorded<InformationDeferred>): KnownDeferral {
  return {
    status: 'open',
    data,
    reviewBy: data.reviewBy,
    since: effectiveAt,
    covered: List(),
    institutions: ImmutableSet([data.institution]),
    access: accessFold.initial,
    recordedAt,
  };
}

function covering(deferral: KnownDeferral, event: Recorded<DomainEvent>): KnownDeferral {
  if (!isCovered(event.type)) return deferral;
  const institutions = deferral.institutions.union(partiesOf(event.data));
  return { ...deferral, covered: deferral.covered.push(event), institutions };
}

/** Institutions of whoever the act is between, under whatever event it stands. */
function partiesOf(data: unknown): readonly InstitutionId[] {
  const { discloser, recipients, act } = data as {
    readonly discloser?: Recipient;
    readonly recipients?: readonly Recipient[];
    /** Of an act that waits for a decision. */
    readonly act?: {
      readonly act: { readonly discloser: Recipient; readonly recipients: readonly Recipient[] };
    };
  };
  const waiting = act ? [act.act.discloser, ...act.act.recipients] : [];
  return [...(discloser ? [discloser] : []), ...(recipients ?? []), ...waiting].flatMap(
    (party) => institutionOf(party) ?? [],
  );
}
