import type { Recorded } from '#decider';
import type { ActorEvent, Institution, InstitutionEvent } from '#directory';
import { streamKey } from '#decider';
import { endMs, epochMs, startMs } from '#time';
import { OPEN_END, type Change, type Row, type Table } from '#read-store';

export const INSTITUTION: Table = {
  name: 'institution',
  columns: {
    institution: 'TEXT',
    name: 'TEXT',
    mission: 'TEXT',
    legal_entity: 'TEXT',
    /** JSON: the name of each function, by its code. */
    functions: 'TEXT',
  },
  scope: ['institution'],
};

export const MANDATE: Table = {
  name: 'mandate',
  columns: {
    mandate: 'TEXT',
    institution: 'TEXT',
    actor: 'TEXT',
    function: 'TEXT',
    profession: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
  },
  scope: ['mandate'],
};

export const ACTOR: Table = {
  name: 'actor',
  columns: { actor: 'TEXT', name: 'BLOB' },
  scope: ['actor'],
};

/** Up to when each source says that everything has been reported. */
export const COVERAGE: Table = {
  name: 'coverage',
  columns: { institution: 'TEXT', source: 'TEXT', up_to: 'INTEGER', stated: 'TEXT' },
  scope: ['institution', 'source'],
};

/** @param state the institution after the event */
export function institutionChanges(state: Institution, event: Recorded<InstitutionEvent>): readonly Change[] {
  if (state.status === 'unknown') return [];
  const institution = state.data.institution;
  const recordedMs = epochMs(event.recordedAt);
  switch (event.type) {
    case 'InstitutionRegistered':
    case 'InstitutionRevised': {
      const { name, mission, legalEntity = null, functions = [] } = state.data;
      const names = JSON.stringify(Object.fromEntries(functions.map((one) => [one.function, one.name])));
      const row = { institution, name, mission, legal_entity: legalEntity, functions: names };
      return [{ table: INSTITUTION, scope: { institution }, rows: [row], recordedMs }];
    }
    case 'MandateGiven':
    case 'MandateEnded': {
      const { mandate } = event.data;
      const given = state.mandates.get(mandate);
      if (!given) return [];
      const row: Row = {
        mandate,
        institution,
        actor: given.actor,
        function: given.function,
        profession: given.profession,
        valid_from: startMs(given.validFrom),
        valid_to: given.validUntil ? endMs(given.validUntil) : OPEN_END,
      };
      return [{ table: MANDATE, scope: { mandate }, rows: [row], recordedMs }];
    }
    case 'SourceReportedUpTo': {
      const { source, upTo } = event.data;
      const row = { institution, source, up_to: endMs(upTo) - 1, stated: JSON.stringify(upTo) };
      return [{ table: COVERAGE, scope: { institution, source }, rows: [row], recordedMs }];
    }
  }
}

export function actorChanges(
  name: { readonly givenName: string; readonly familyName: string },
  event: Recorded<ActorEvent>,
): readonly Change[] {
  const actor = streamKey(event.stream);
  const text = `${name.givenName} ${name.familyName}`;
  const row = { actor, name: { owner: `actor:${actor}`, text } };
  return [{ table: ACTOR, scope: { actor }, rows: [row], recordedMs: epochMs(event.recordedAt) }];
}
