import type { Recorded } from '#decider';
import type { ActivePerson, PersonEvent } from '#person';
import { epochMs } from '#time';
import type { Change, Row, Table } from '#read-store';

/** What people call things: labels of items, names of outsiders and of the person. Sealed under the person's key. */
export const LABEL: Table = {
  name: 'label',
  columns: { person: 'TEXT', ref: 'TEXT', kind: 'TEXT', category: 'TEXT', level: 'TEXT', text: 'BLOB' },
  scope: ['person', 'ref'],
};

/** Finds persons by names and birth date without storing either. */
export const PERSON_INDEX: Table = {
  name: 'person_index',
  columns: { person: 'TEXT', blind: 'TEXT' },
  scope: ['person'],
  indexes: [['blind', 'recorded_to']],
};

export function labelChanges(person: ActivePerson, event: Recorded<PersonEvent>): readonly Change[] {
  const change = (table: Table, ref: string, row: Row): Change => ({
    table,
    scope: table === LABEL ? { person: id, ref } : { person: id },
    rows: [row],
    recordedMs: epochMs(event.recordedAt),
  });
  const id = person.identity.person;
  const label = (ref: string, kind: string, text: string, codes: Row = {}) =>
    change(LABEL, ref, { person: id, ref, kind, text: { owner: `person:${id}`, text }, ...codes });
  switch (event.type) {
    case 'PersonRegistered': {
      const { givenName, familyName, birthDate } = event.data;
      const blind = nameIndex(givenName, familyName, birthDate);
      return [
        label(id, 'person', `${givenName} ${familyName}`),
        change(PERSON_INDEX, id, { person: id, blind: { blind } }),
      ];
    }
    case 'OutsiderRegistered':
      return [label(event.data.outsider, 'outsider', event.data.name)];
    case 'InformationDescribed':
    case 'InformationRequalified': {
      const item = person.items.get(event.data.item);
      if (!item) return [];
      return [label(item.item, 'item', item.label, { category: item.category, level: item.level ?? null })];
    }
    default:
      return [];
  }
}

/** Names as they are compared: no case, no accents, no punctuation. */
export function nameIndex(givenName: string, familyName: string, birthDate: string | undefined): string {
  const normal = (name: string) =>
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
  return JSON.stringify([normal(givenName), normal(familyName), birthDate ?? null]);
}
