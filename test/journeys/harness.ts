import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startServer, type Server } from '../../apps/api/src/index.js';

export type Body = Readonly<Record<string, unknown>>;
export type Query = Readonly<Record<string, string | number>>;

/** An answer as it came over the wire. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly body: Json;
}

// eslint rules aside, what a test reads from JSON is whatever the API promises.
export interface Json {
  readonly [key: string]: unknown;
}

/** A data folder of its own that is removed at the end. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sillage-journey-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
