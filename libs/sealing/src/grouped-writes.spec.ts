import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, type Database } from '#event-store';
import { GroupedWrites } from './grouped-writes.js';

let folder: string;
let db: Database;
let writes: GroupedWrites;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-writes-'));
  db = openDatabase(join(folder, 'some.db'));
  db.exec('CREATE TABLE word (text TEXT PRIMARY KEY) STRICT');
  writes = new GroupedWrites(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const add = (text: string) => writes.add(() => void db.prepare('INSERT INTO word VALUES (?)').run(text));
/** What another connection sees: nothing of an open transaction. */
function committed(): readonly string[] {
  const other = openDatabase(join(folder, 'some.db'), { readOnly: true });
  const rows = other.prepare('SELECT text FROM word ORDER BY text').all();
  other.close();
  return rows.map((row) => String(row['text']));
}

describe('writes that wait together', () => {
  it('are committed together, each before it resolves', async () => {
    const first = add('a').then(committed);
    const others = Promise.all(['b', 'c'].map(add));
    expect(committed()).toEqual([]);
    expect(await first).toEqual(['a', 'b', 'c']);
    await others;
  });

  it('are all rejected where one fails, with nothing written, and hold up nobody after them', async () => {
    const together = await Promise.allSettled([add('a'), add('a'), add('b')]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(committed()).toEqual([]);
    await add('a');
    expect(committed()).toEqual(['a']);
  });

  it('are on disk at once where something must come after them', async () => {
    const added = add('a');
    writes.flush();
    expect(committed()).toEqual(['a']);
    await added;
    writes.flush();
    expect(committed()).toEqual(['a']);
  });
});
