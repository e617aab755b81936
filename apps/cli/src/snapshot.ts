import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#event-store';
import { readConfig } from '../../api/src/index.js';
import { CliError } from './sentence.js';

/** What a node makes from the ledger, each of one moment by itself: what came later, it follows. */
const MADE_ANEW = /^(read-\d+|log|outbox|reactions)\.db$/;

/** Copies what a running node has made from the ledger, so that another one need not read all of it. */
export function snapshot(folder: string): void {
  const { dataDir } = readConfig(process.env);
  if (!existsSync(join(dataDir, 'ledger.id')))
    throw new CliError(`${dataDir} is no folder of a node on a cluster: a ledger in a file has one server.`);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CliError(`${folder} is not empty: name a new folder.`);
  const copied = copyNode(dataDir, folder);
  process.stdout.write(`${copied.join(', ')} of ${dataDir} were copied to ${folder}.\n`);
}

/** @returns the files that were copied */
export function copyNode(dataDir: string, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(dataDir).filter((name) => MADE_ANEW.test(name));
  for (const name of names) copyOfOneMoment(join(dataDir, name), join(folder, name));
  // Of which ledger they are; and last what its log has shown, which no copy may be behind of.
  for (const name of ['ledger.id', 'log.shown'])
    if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(folder, name));
  return names;
}

/** In one read, which holds up no writer: page by page it would begin again with every write of the server. */
function copyOfOneMoment(from: string, to: string): void {
  const db = openDatabase(from, { readOnly: true });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}
