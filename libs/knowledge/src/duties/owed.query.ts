import { ApiProperty } from '@nestjs/swagger';
import type { Catalogue, Text as Words } from '#catalogue';
import type { Effective } from '#decider';
import { AS_KNOWN, type SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';
import type { Page, PageRequest } from '../moment.request.js';
import { EFFECTIVE, type Reader } from '../reader.query.js';
import { DUTY_STATES, dutyStateAt, type DutyState } from './duties.projection.js';
import { dutyText } from './texts.js';

class Bilingual {
  @ApiProperty({ type: String })
  readonly fr!: string;
  @ApiProperty({ type: String })
  readonly en!: string;
}

/** What every question tells of something that is owed. */
export class OwedView {
  @ApiProperty({ type: String })
  readonly kind!: string;
  @ApiProperty({ type: () => Bilingual })
  readonly text!: Words;
  @ApiProperty({ enum: DUTY_STATES })
  readonly state!: DutyState;
  @ApiProperty({ type: String, description: 'Of what it is about.' })
  readonly id!: string;
  @ApiProperty({ ...EFFECTIVE, nullable: true, description: 'Null: none was set.' })
  readonly deadline!: Effective | null;
  @ApiProperty({ type: Boolean, description: 'Holds until its deadline, instead of being done by then.' })
  readonly standing!: boolean;
  @ApiProperty({ type: String, description: 'Day since which it is owed, Paris.' })
  readonly since!: string;
}

export function owedView(row: SqlRow, { validMs }: PageRequest, catalogue: Catalogue): OwedView {
  const [kind, deadline] = [row['kind'] as string, row['deadline'] as string | null];
  return {
    kind,
    text: dutyText(kind, catalogue),
    state: dutyStateAt(row, validMs)!,
    id: row['id'] as string,
    deadline: deadline === null ? null : (JSON.parse(deadline) as Effective),
    standing: row['standing'] === 1,
    since: dayOf(instantOf(row['since'] as number)),
  };
}

/** SQL condition: that state at `:valid`. */
const IN_STATE: Readonly<Record<DutyState, string>> = {
  open: 'done > :valid AND due > :valid',
  overdue: 'done > :valid AND due <= :valid',
  done: 'done <= :valid',
};

/**
 * One page of what is owed, in the order of deadlines.
 * @param choices SQL conditions, of which no row meets two: what meets one of them, each looked up by its own index
 * @param state undefined: what is not done
 */
export function owedPage(
  reader: Reader,
  choices: readonly string[],
  parameters: Readonly<Record<string, string | number | null>>,
  state: DutyState | undefined,
  page: PageRequest,
): Page<SqlRow> {
  const [due = Number.MIN_SAFE_INTEGER, id = '', n = -1] = page.from ?? [];
  const { validMs: valid, knownMs: known, limit } = page;
  const at = `since <= :valid AND ${state ? IN_STATE[state] : 'done > :valid'} AND ${AS_KNOWN}`;
  const all = choices.map(
    (choice) => `SELECT * FROM duty WHERE ${choice} AND ${at} AND (due, id, n) > (:due, :id, :n)`,
  );
  const sql = `${all.join(' UNION ALL ')} ORDER BY due, id, n LIMIT :limit`;
  const found = reader.rows(sql, { ...parameters, valid, known, due, id, n, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = found.length > limit && last;
  return {
    rows,
    next: more ? [last['due'] as number, last['id'] as string, last['n'] as number] : undefined,
  };
}
