import type { MandateId } from '#directory';
import type { Row } from '#read-store';
import { endMs, intersect, interval, NEVER, startMs, subtract, union, type Intervals } from '#time';
import { overdueIn } from '../duties/duties.projection.js';
import { mandateIn, mandatesOfHolder, type Elsewhere } from '../elsewhere/elsewhere.js';
import type { Finding } from './rules.js';

/**
 * Knowledge whose retention is over, whether what it rested on still holds or not, until it is purged. What was heard in
 * a session is kept too long once its destruction should have been attested: see `overdueFindings`.
 */
export function keptTooLong(rows: readonly Row[]): readonly Finding[] {
  const asked = rows.filter((row) => row['tabled'] !== 1);
  return [...new Set(asked.map((row) => row['disclosure']))].flatMap((disclosure) => {
    const own = asked.filter((row) => row['disclosure'] === disclosure);
    const over = own.map(overIn).reduce(union, NEVER);
    return over.map(([fromMs, toMs]) => ({ ...kept(own[0]!), rule: 'retention-over', fromMs, toMs }));
  });
}

const TO_PURGE: ReadonlySet<unknown> = new Set(['due-for-purge', 'basis-withdrawn']);

function overIn(row: Row): Intervals {
  const until = row['until'] as number | null;
  if (until === null || !TO_PURGE.has(row['status'])) return NEVER;
  return intersect(interval(row['valid_from'] as number, row['valid_to'] as number), interval(until));
}

/** What nobody can purge, and what is found as kept too long, is left out. */
const IN_THEIR_HANDS: ReadonlySet<unknown> = new Set(['in-use', 'basis-withdrawn', 'contested']);

/** Knowledge of a mandate that ended, as long as its holder works for that institution under no other. */
export function keptAfterMandate(rows: readonly Row[], elsewhere: Elsewhere): readonly Finding[] {
  const holder = rows[0]?.['holder'] as string | undefined;
  if (!holder?.startsWith('mandate:')) return [];
  const gone = goneFrom(elsewhere, holder.slice('mandate:'.length) as MandateId);
  if (gone.length === 0) return [];
  const held = rows
    .filter((row) => IN_THEIR_HANDS.has(row['status']))
    .map((row) => subtract(interval(row['valid_from'] as number, row['valid_to'] as number), overIn(row)))
    .reduce(union, NEVER);
  return intersect(held, gone).map(([fromMs, toMs]) => ({
    ...kept(
      rows.find((row) => (row['valid_from'] as number) <= fromMs && fromMs < (row['valid_to'] as number))!,
    ),
    rule: 'kept-after-mandate',
    facts: [{ kind: 'mandate', id: holder.slice('mandate:'.length) }],
    fromMs,
    toMs,
  }));
}

/** When the holder of a mandate that ended has no other at the same institution. */
function goneFrom(elsewhere: Elsewhere, id: MandateId): Intervals {
  const known = mandateIn(elsewhere, id);
  if (!known?.mandate.validUntil) return NEVER;
  const others = mandatesOfHolder(elsewhere, id)
    .flatMap((other) => mandateIn(elsewhere, other) ?? [])
    .filter(({ institution }) => institution === known.institution)
    .map(({ mandate: { validFrom, validUntil } }) =>
      interval(startMs(validFrom), validUntil ? endMs(validUntil) : undefined),
    )
    .reduce(union, NEVER);
  return subtract(interval(endMs(known.mandate.validUntil)), others);
}

function kept(row: Row): Omit<Finding, 'rule' | 'fromMs'> {
  const disclosure = row['disclosure'] as string | null;
  return {
    about: 'knowledge',
    disclosure,
    item: row['item'] as string,
    holder: row['holder'] as string,
    institution: row['institution'] as string | null,
    facts: disclosure ? [{ kind: 'disclosure', id: disclosure }] : [],
  };
}

/** Notices without an answer, session papers of which no destruction was attested, and persons who were not told. */
export function overdueFindings(rows: readonly Row[]): readonly Finding[] {
  return rows.filter(isFoundOverdue).flatMap((row): readonly Finding[] => {
    const over = overdueIn(row);
    if (!over) return [];
    const id = row['id'] as string;
    const holder = row[row['about'] === 'notice' ? 'debtor' : 'recipient'] as string | null;
    const institution = row['institution'] as string | null;
    const overdue = { about: id, item: null, holder, institution, fromMs: over[0], toMs: over[1] };
    if (row['about'] === 'notice')
      return [{ ...overdue, rule: 'notice-unanswered', disclosure: null, facts: [{ kind: 'notice', id }] }];
    if (row['kind'] === 'inform-person')
      return [{ ...overdue, rule: 'person-not-informed', disclosure: id, facts: [] }];
    const items = JSON.parse(row['items'] as string) as readonly string[];
    const facts = [{ kind: 'disclosure', id }];
    return items.map((item) => ({ ...overdue, rule: 'retention-over', disclosure: id, item, facts }));
  });
}

function isFoundOverdue({ about, kind }: Row): boolean {
  return about === 'notice' || kind === 'attest-destruction' || kind === 'inform-person';
}
