import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import type { Actor } from '#decider';
import type { Ledger } from '#event-store';
import { notFound, problem } from '#http';
import { OPEN_END, type ReadModels, type SqlRow } from '#read-store';
import type { Sealing } from '#sealing';
import { epochMs } from '#time';
import type { Moment } from './moment.request.js';

const WAIT_MS = 5_000;
/** Before the open end of every row that still stands. */
const LATEST = OPEN_END - 1;

/** Schema of `effectiveAt`: an RFC 3339 instant, or a civil date with its zone and precision. */
export const EFFECTIVE: ApiPropertyOptions = {
  oneOf: [
    { type: 'string', format: 'date-time' },
    {
      type: 'object',
      properties: {
        date: { type: 'string', format: 'date' },
        zone: { type: 'string' },
        precision: { type: 'string', enum: ['day', 'month', 'year'] },
      },
    },
  ],
};

/**
 * A holder with the names that people know; of a function, the word of its institution. A name is null where its key
 * was destroyed or it was never told.
 */
export class HolderView {
  @ApiProperty({
    type: String,
    description:
      '`mandate:<id>`, `outsider:<id>`, `category:<institution>:<function>`, `unknown:<disclosure>`, `institution:<id>` where it owes something',
  })
  readonly key!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly function!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly institution!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly institutionName!: string | null;
}

/** A holder's columns of a CSV. */
export function holderColumns(of: string): readonly string[] {
  return ['key', 'name', 'function', 'institution', 'institutionName'].map((column) => `${of}.${column}`);
}

/** Reads the read models and puts names to their ids. */
export class Reader {
  constructor(
    readonly models: ReadModels,
    readonly ledger: Ledger,
    private readonly sealing: Sealing,
  ) {}

  /** Read-your-writes: waits until what the caller wrote can be read. @throws Problem 400 for what nobody wrote */
  async settle(after: number | undefined): Promise<void> {
    if (after === undefined || this.models.position >= after) return;
    if (after > (await this.ledger.store.end())) throw unknownPosition();
    if (await this.models.waitFor(after, WAIT_MS)) return;
    throw problem(503, 'not-yet', 'This position cannot be read yet.', 'Ask again in a moment.');
  }

  /** The default of both moments: what was recorded is known, also where the clock has been set back since. */
  now(): Moment {
    const nowMs = epochMs(this.ledger.clock.now());
    return { validMs: nowMs, knownMs: Math.max(nowMs, this.models.newestRecordedMs) };
  }

  /** @throws Problem 404 when there is no such person: the same as for one whom the caller may not see */
  mustKnow(person: string): void {
    const known = this.rows('SELECT 1 FROM label WHERE person = ? AND ref = ? LIMIT 1', person, person);
    if (known.length === 0) throw notFound();
  }

  /** A mandate asks for its own institution. @throws Problem 404: another one's is not there for it */
  mustBeOf(caller: Actor, institution: string): void {
    if (caller.kind !== 'mandate') return;
    const sql = 'SELECT 1 FROM mandate WHERE mandate = ? AND institution = ? LIMIT 1';
    if (this.rows(sql, caller.id, institution).length === 0) throw notFound();
  }

  rows(
    sql: string,
    ...parameters: (string | number | null | Readonly<Record<string, string | number | null>>)[]
  ) {
    return this.models.store.all(sql, ...parameters);
  }

  /** Label of an item, name of an outsider, as known at that time. */
  async label(person: string, ref: string, knownMs: number): Promise<LabelView | undefined> {
    const sql = `SELECT category, level, text FROM label
      WHERE person = ? AND ref = ? AND recorded_from <= ? AND recorded_to > ?`;
    const [row] = this.rows(sql, person, ref, knownMs, knownMs);
    if (!row) return undefined;
    const text = await this.open(`person:${person}`, 'label.text', row);
    return { text, category: row['category'] as string | null, level: row['level'] as string | null };
  }

  async holder(person: string, key: string): Promise<HolderView> {
    const [kind, id = '', ...rest] = key.split(':');
    const nobody = { key, name: null, function: null, institution: null, institutionName: null };
    switch (kind) {
      case 'mandate':
        return { ...nobody, ...(await this.mandate(id)) };
      case 'category':
        return { ...nobody, ...this.function(id, rest.join(':')) };
      case 'institution':
        return { ...nobody, institution: id, institutionName: this.institutionName(id) };
      case 'outsider':
        return { ...nobody, name: (await this.label(person, id, LATEST))?.text ?? null };
      default:
        return nobody;
    }
  }

  institutionName(id: string): string | null {
    return (this.institution(id)?.['name'] as string | undefined) ?? null;
  }

  private institution(id: string): SqlRow | undefined {
    const sql =
      'SELECT name, functions FROM institution WHERE institution = ? ORDER BY recorded_to DESC LIMIT 1';
    return this.rows(sql, id)[0];
  }

  /** A function inside an institution, as the institution calls it. */
  private function(institution: string, code: string) {
    const known = this.institution(institution);
    const names = JSON.parse((known?.['functions'] as string | undefined) ?? '{}') as Record<string, string>;
    const institutionName = (known?.['name'] as string | undefined) ?? null;
    return { name: names[code] ?? null, function: code, institution, institutionName };
  }

  private async mandate(id: string) {
    const [mandate] = this.rows(MANDATE_WITH_NAMES, id);
    if (!mandate) return {};
    const { actor, institution, name } = mandate;
    return {
      name: name === null ? null : await this.open(`actor:${actor as string}`, 'actor.name', { text: name! }),
      function: mandate['function'] as string,
      institution: institution as string,
      institutionName: mandate['institution_name'] as string | null,
    };
  }

  private async open(owner: string, place: string, row: SqlRow): Promise<string | null> {
    return (await this.sealing.openText(owner, place, row['text'] as Uint8Array)) ?? null;
  }
}

/** One look-up instead of three: a page names a hundred holders. */
const MANDATE_WITH_NAMES = `SELECT actor, institution, function,
    (SELECT name FROM actor a WHERE a.actor = m.actor ORDER BY recorded_to DESC LIMIT 1) AS name,
    (SELECT name FROM institution i WHERE i.institution = m.institution ORDER BY recorded_to DESC LIMIT 1)
      AS institution_name
  FROM mandate m WHERE mandate = ? ORDER BY recorded_to DESC LIMIT 1`;

function unknownPosition() {
  const [detail, remedy] = ['The ledger has not come to this position.', 'Send the position of an answer.'];
  return problem(400, 'bad-request', detail, remedy, { errors: [{ field: 'after', detail, remedy }] });
}

export interface LabelView {
  readonly text: string | null;
  readonly category: string | null;
  readonly level: string | null;
}
