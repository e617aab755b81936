import { asCode, asId, type CivilDate } from '#decider';
import type { CommandContext } from '#event-store';
import type { Holder, ItemId, PersonEvent, PersonId } from '#person';
import { addDays, civilDate } from '#time';

/** Ids that are numbers, so that a run writes what every other run writes. `kind` keeps those of different things apart. */
export function idOf<Kind extends string>(n: number, kind = 0) {
  const [high, low] = [Math.floor(n / 1e12), n % 1e12];
  return asId<Kind>(
    `${String(high).padStart(8, '0')}-${String(kind).padStart(4, '0')}-4000-8000-${String(low).padStart(12, '0')}`,
  );
}

export const PERSON = idOf<'Person'>(1);
export const ITEM = idOf<'Item'>(2);
export const PURPOSE = asCode<'Purpose'>('care-coordination');
export const FIRST_DAY = civilDate('2020-01-01');

export function holder(n: number, institution = 1) {
  return {
    kind: 'mandate' as const,
    mandate: idOf<'Mandate'>(n),
    institution: idOf<'Institution'>(institution),
  } satisfies Holder;
}

/** Somebody becomes known, and one item about them, which holder 0 observed. */
export function beginning(person: PersonId = PERSON, from = holder(0)): PersonEvent[] {
  const names = { givenName: 'Henri', familyName: 'Lambert', distinctFrom: [] };
  const category = asCode<'Category'>('housing');
  const item = { item: ITEM, category, label: 'x', secretBy: [], keptFromParents: false };
  const holding = { holder: from, purpose: PURPOSE, source: { kind: 'observation' as const } };
  return [
    { type: 'PersonRegistered', data: { person, ...names } },
    { type: 'InformationDescribed', data: { ...item, holding }, effectiveAt: FIRST_DAY },
  ];
}

export interface Telling {
  /** Number of the disclosure. */
  readonly n: number;
  readonly from: ReturnType<typeof holder>;
  readonly to: ReturnType<typeof holder>;
  /** Days after the first. */
  readonly day: number;
  readonly item?: ItemId;
}

/** One holder tells another the item, that of the beginning unless it is named. */
export function told({ n, from, to, day, item = ITEM }: Telling): PersonEvent {
  return {
    type: 'DisclosureRecorded',
    data: {
      disclosure: idOf<'Disclosure'>(n, 9),
      discloser: from,
      items: [{ item }],
      recipients: [to],
      purpose: PURPOSE,
      basis: { consents: [], restsOn: 'provision' },
      frame: 'exchange',
      channel: 'oral',
      onward: [],
      cites: [],
    },
    effectiveAt: onDay(day),
  };
}

export function onDay(day: number): CivilDate {
  return addDays(FIRST_DAY, day);
}

export function context(n: number): CommandContext {
  return {
    actor: { kind: 'client', id: 'bench' },
    commandId: idOf<'Command'>(n, 8),
    digest: 'bench',
    correlationId: idOf<'Correlation'>(1),
  };
}
