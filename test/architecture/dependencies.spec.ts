import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cruise, ROOT, type Cruise } from './cruise.js';

const LIBS = [
  'decider',
  'time',
  'threads',
  'event-store',
  'transparency',
  'sealing',
  'read-store',
  'http',
  'catalogue',
  'directory',
  'person',
  'assessment',
  'consent',
  'disclosure',
  'deferral',
  'commission',
  'case',
  'knowledge',
  'notices',
  'log',
  'outbox',
  'erasure',
];

/** For each rule the files to plant, the first of which breaks it. */
const PLANTED: Readonly<Record<string, readonly [path: string, text: string][]>> = {
  'direction-decider': [['libs/decider/src/planted.ts', "import '#time';"]],
  'direction-time': [['libs/time/src/planted.ts', "import type { x } from '#event-store';"]],
  'direction-threads': [['libs/threads/src/planted.ts', "import '#time';"]],
  'direction-event-store': [['libs/event-store/src/planted.ts', "import '#sealing';"]],
  'direction-transparency': [['libs/transparency/src/planted.ts', "import '#sealing';"]],
  'direction-sealing': [['libs/sealing/src/planted.ts', "import '#read-store';"]],
  'direction-read-store': [['libs/read-store/src/planted.ts', "import '#person';"]],
  'direction-http': [['libs/http/src/planted.ts', "import '#directory';"]],
  'direction-catalogue': [['libs/catalogue/src/planted.ts', "import '#directory';"]],
  'direction-directory': [['libs/directory/src/planted.ts', "import '#person';"]],
  'direction-person': [['libs/person/src/planted.ts', "import '#assessment';"]],
  'direction-assessment': [['libs/assessment/src/planted.ts', "import '#consent';"]],
  'direction-consent': [['libs/consent/src/planted.ts', "import '#knowledge';"]],
  'direction-disclosure': [['libs/disclosure/src/planted.ts', "import '#knowledge';"]],
  'direction-commission': [['libs/commission/src/planted.ts', "import '#knowledge';"]],
  'direction-case': [['libs/case/src/planted.ts', "import '#consent';"]],
  'direction-knowledge': [['libs/knowledge/src/planted.ts', "import '#disclosure';"]],
  'direction-notices': [['libs/notices/src/planted.ts', "import '#disclosure';"]],
  'direction-log': [['libs/log/src/planted.ts', "import '#knowledge';"]],
  'direction-outbox': [['libs/outbox/src/planted.ts', "import '#knowledge';"]],
  'direction-deferral': [['libs/deferral/src/planted.ts', "import '#notices';"]],
  'direction-erasure': [['libs/erasure/src/planted.ts', "import '#log';"]],
  'lib-without-a-line': [['libs/novelty/src/index.ts', "import '#decider';"]],
  'libs-never-import-apps': [
    ['libs/http/src/upwards.ts', "import '../../../apps/api/src/main.js';"],
    ['apps/api/src/main.ts', 'export const main = 1;'],
  ],
  'nothing-imports-test': [
    ['apps/api/src/tested.ts', "import '../../../test/helper.js';"],
    ['test/helper.ts', 'export const help = 1;'],
  ],
  'lib-by-name-only': [['libs/consent/src/deep.ts', "import '../../person/src/inner.js';"]],
  'own-lib-by-path': [['libs/person/src/inner.ts', "import '#person';"]],
  'kurrentdb-client-in-one-folder': [
    ['libs/event-store/src/client.ts', "import '@eventstore/db-client';"],
    ['libs/event-store/src/kurrentdb/client.ts', "import '@eventstore/db-client';"],
  ],
  'sqlite-driver-in-one-file': [
    ['libs/read-store/src/driver.ts', "import '@photostructure/sqlite';"],
    ['libs/event-store/src/sqlite/driver.ts', "import '@photostructure/sqlite';"],
  ],
  'postgres-driver-in-one-file': [
    ['libs/read-store/src/pool.ts', "import 'pg';"],
    ['libs/sealing/src/postgres-key-store.ts', "import 'pg';"],
  ],
  'nest-where-it-is-named': [
    ['libs/sealing/src/nested.ts', "import '@nestjs/common';"],
    ['libs/consent/src/grant/grant.handler.ts', "import '@nestjs/common';"],
    ['libs/http/src/nested.ts', "import '@nestjs/common';"],
  ],
  'pure-files-are-plain': [
    ['libs/disclosure/src/record/record.ts', "import '@nestjs/common';"],
    ['libs/consent/src/files.ts', "import { readFileSync } from 'node:fs';"],
    ['libs/assessment/src/hash.ts', "import { createHash } from 'crypto';"],
    ['libs/knowledge/src/seen.projection.ts', "import { x } from '#event-store'; export default x;"],
    ['libs/person/src/person.ids.ts', "import { randomUUID } from 'node:crypto';"],
  ],
  'pure-files-import-pure-files': [
    ['libs/commission/src/table/table.ts', "import './table.handler.js';"],
    ['libs/commission/src/table/table.handler.ts', 'export const x = 1;'],
  ],
  'no-cycles': [
    ['libs/time/src/egg.ts', "import type { hen } from './hen.js'; export type egg = hen;"],
    ['libs/time/src/hen.ts', "import type { egg } from './egg.js'; export type hen = egg;"],
  ],
  'no-orphans': [['libs/time/src/alone.ts', 'export const alone = 1;']],
  'no-dead-files': [
    ['libs/time/src/dead.ts', "import '#decider';"],
    ['libs/time/src/dead.spec.ts', "import './dead.js';"],
  ],
  'specs-are-not-imported': [
    ['libs/time/src/reader.ts', "import './read.spec.js';"],
    ['libs/time/src/read.spec.ts', 'export const x = 1;'],
  ],
  'everything-resolves': [['test/lost.ts', "import './nowhere.js';"]],
};

/** Innocent lines beside the planted ones: a rule that fires here fires too easily. */
const INNOCENT: readonly [path: string, text: string][] = [
  [
    'libs/person/src/wired.handler.ts',
    "import { readFileSync } from 'node:fs'; import '@nestjs/cqrs'; import '#event-store';",
  ],
  ['libs/person/src/plain.ts', "import type { x } from '#event-store'; import '#catalogue'; import '#time';"],
  ['libs/disclosure/src/other.ts', "import '#consent'; import '#assessment';"],
  ['libs/time/src/used.ts', "import '#decider';"],
  ['libs/time/src/used.spec.ts', "import './used.js'; import '@jest/globals';"],
  ['apps/cli/src/main.ts', "import '#knowledge'; import '@nestjs/core';"],
];

let project: string;

function plant(files: readonly (readonly [path: string, text: string])[]): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), `${text}\n`);
  }
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'sillage-architecture-'));
  cpSync(join(ROOT, 'tsconfig.json'), join(project, 'tsconfig.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  plant(LIBS.map((lib) => [`libs/${lib}/src/index.ts`, 'export const x = 1;']));
  plant(INNOCENT);
});
afterAll(() => rmSync(project, { recursive: true }));

describe('the dependency rules', () => {
  it('hold in the whole project', () => {
    const { violations, files } = cruise(ROOT);
    expect(files).toBeGreaterThan(50);
    expect(violations.map((violation) => violation.report)).toEqual([]);
  });

  it('know every lib of the project', () => {
    const libs = readdirSync(join(ROOT, 'libs'));
    expect(libs.filter((lib) => !LIBS.includes(lib))).toEqual([]);
  });
});

describe('a planted violation', () => {
  let innocent: Cruise;
  let planted: Cruise;
  beforeAll(() => {
    innocent = cruise(project);
    plant(Object.values(PLANTED).flat());
    planted = cruise(project);
  });

  it('is not seen where there is none', () => {
    // The innocent files are dead, and nothing but that.
    const found = innocent.violations.filter(({ rule }) => rule !== 'no-dead-files');
    expect(found.map((violation) => violation.report)).toEqual([]);
  });

  it.each(Object.keys(PLANTED))('of %s is found, with its file and line', (rule) => {
    const [path] = PLANTED[rule]![0]!;
    const found = planted.violations.filter((violation) => violation.rule === rule);
    expect(found.map((violation) => violation.file)).toContain(path);
    expect(found.every(({ report }) => /^\S+:\d+ .*\(.+: .+\)$/.test(report))).toBe(true);
  });

  it('is found in each kind of pure file', () => {
    const found = planted.violations.filter(({ rule }) => rule === 'pure-files-are-plain');
    const expected = PLANTED['pure-files-are-plain']!.map(([path]) => path);
    expect(new Set(found.map(({ file }) => file))).toEqual(new Set(expected));
  });

  it.each([
    ['kurrentdb-client-in-one-folder', 'libs/event-store/src/kurrentdb/client.ts'],
    ['sqlite-driver-in-one-file', 'libs/event-store/src/sqlite/driver.ts'],
    ['postgres-driver-in-one-file', 'libs/sealing/src/postgres-key-store.ts'],
    ['nest-where-it-is-named', 'libs/consent/src/grant/grant.handler.ts'],
    ['nest-where-it-is-named', 'libs/http/src/nested.ts'],
  ])('of %s is not seen where it is allowed: %s', (rule, path) => {
    const found = planted.violations.filter(
      (violation) => violation.rule === rule && violation.file === path,
    );
    expect(found).toEqual([]);
  });

  it('exists for every rule', () => {
    expect(Object.keys(PLANTED).toSorted()).toEqual([...planted.rules].toSorted());
  });
});
