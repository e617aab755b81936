import { holderKey, institutionOf, type Act, type ActivePerson, type ItemId } from '#person';
import { endMs, FOREVER_MS, interval, NEVER, startMs, union, type Intervals } from '#time';
import type { Row, Table } from '#read-store';
import type { Way } from '../ways.js';
import { stretches, type Acquisition, type Stretch } from './stretches.js';

/** One holder's knowledge of one item, over one stretch of valid time (epoch ms, half-open). */
export interface Knowledge extends Stretch {
  readonly item: ItemId;
  readonly holder: string;
  readonly institution: string | null;
}

export const KNOWLEDGE: Table = {
  name: 'knowledge',
  columns: {
    person: 'TEXT',
    item: 'TEXT',
    holder: 'TEXT',
    institution: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
    status: 'TEXT',
    disclosure: 'TEXT',
    since: 'INTEGER',
    purpose: 'TEXT',
    basis: 'TEXT',
    until: 'INTEGER',
    // Heard in a session, which says by when its destruction is attested.
    tabled: 'INTEGER',
  },
  scope: ['person', 'item', 'holder'],
};

export function knowledgeRow(person: string, { validFrom, validTo, tabled, ...rest }: Knowledge): Row {
  return { person, ...rest, tabled: tabled ? 1 : 0, valid_from: validFrom, valid_to: validTo };
}

/** What one holder knows of it, and came to know in these ways. */
export function knowledgeBy(
  person: ActivePerson,
  item: ItemId,
  holder: string,
  ways: readonly Way[],
): readonly Knowledge[] {
  if (ways.length === 0) return [];
  const purges = person.purges.get(item)?.filter((purge) => holderKey(purge.holder) === holder) ?? [];
  const institution = institutionOf(ways[0]!.holder) ?? null;
  return stretches(ways.map(acquisition), [...purges]).map((stretch) => ({
    item,
    holder,
    institution,
    ...stretch,
  }));
}

/** One literal, no spread: a holder may have thousands. */
function acquisition({ telling, atMs, carried, purpose }: Way): Acquisition {
  const act = telling?.act;
  return {
    atMs,
    carried,
    contested: act && act.contests.length > 0 ? contestedIn(act) : NEVER,
    untilMs: act?.retainUntil ? endMs(act.retainUntil) : FOREVER_MS,
    disclosure: act?.disclosure ?? null,
    purpose,
    basis: act ? basisShown(act) : null,
    tabled: act?.frame === 'commission-session' || act?.session !== undefined,
  };
}

/** A text, else what carries it instead; who was told as of right has no word for it. */
function basisShown({ basis }: Act): string | null {
  return basis?.provision ?? (basis && basis.restsOn !== 'provision' ? basis.restsOn : null);
}

function contestedIn({ contests }: Act): Intervals {
  return contests
    .map(({ from, until }) => interval(startMs(from), until ? startMs(until) : FOREVER_MS))
    .reduce(union, NEVER);
}
