import { Map as ImmutableMap } from 'immutable';
import { unreachable, type Effective, type Fold, type Recorded } from '#decider';
import { endMs, startMs } from '#time';
import type { MandateId } from './directory.ids.js';
import type { InstitutionData, InstitutionEvent, MandateData } from './institution.events.js';

export interface Mandate extends MandateData {
  /** Revision of the event that gave it, to be cited. */
  readonly revision: number;
}

export type Institution =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'registered';
      readonly data: InstitutionData;
      readonly mandates: ImmutableMap<MandateId, Mandate>;
      readonly sources: ImmutableMap<string, Effective>;
    };

export const institutionFold: Fold<Institution, Recorded<InstitutionEvent>> = {
  initial: { status: 'unknown' },
  evolve(state, event) {
    if (event.type === 'InstitutionRegistered')
      return { status: 'registered', data: event.data, mandates: ImmutableMap(), sources: ImmutableMap() };
    return state.status === 'unknown' ? state : evolveRegistered(state, event);
  },
};

function evolveRegistered(
  state: Extract<Institution, { status: 'registered' }>,
  event: Exclude<Recorded<InstitutionEvent>, { type: 'InstitutionRegistered' }>,
): Institution {
  switch (event.type) {
    case 'InstitutionRevised':
      return { ...state, data: { ...state.data, ...event.data } };
    case 'MandateGiven':
      return {
        ...state,
        mandates: state.mandates.set(event.data.mandate, { ...event.data, revision: event.revision }),
      };
    case 'MandateEnded': {
      const mandate = state.mandates.get(event.data.mandate);
      if (!mandate) return state;
      const ended = { ...mandate, validUntil: event.data.until };
      return { ...state, mandates: state.mandates.set(mandate.mandate, ended) };
    }
    case 'SourceReportedUpTo':
      return { ...state, sources: state.sources.set(event.data.source, event.data.upTo) };
    default:
      return unreachable(event);
  }
}

/** Whether a mandate's last day is over by then: one that has not begun has not ended. */
export function hasEnded({ validUntil }: Pick<MandateData, 'validUntil'>, at: Effective): boolean {
  return validUntil !== undefined && endMs(validUntil) <= startMs(at);
}

/** Whether a mandate is in force when something takes effect; a last day counts as a whole. */
export function inForce(mandate: Pick<MandateData, 'validFrom' | 'validUntil'>, at: Effective): boolean {
  const end = mandate.validUntil ? endMs(mandate.validUntil) : Infinity;
  return startMs(mandate.validFrom) < endMs(at) && startMs(at) < end;
}
