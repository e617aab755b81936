import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from '@swc/core';

export interface Compiled {
  readonly folder: string;
  /** The compiled form of a source file, named from the root of the project. */
  file(source: string): string;
  remove(): void;
}

const ROOT = resolve(__dirname, '../..');
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
  'log',
];

/**
 * The bare store as a program of its own, compiled from the sources as they are now. It depends on no earlier
 * build: a test that kills a process must not pass because `dist` is from yesterday.
 */
export function compileStore(...programs: string[]): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-compiled-'));
  const sources = LIBS.flatMap((lib) => sourcesBelow(`libs/${lib}/src`));
  for (const source of [...sources, ...programs]) compile(source, join(folder, compiled(source)));
  const manifest = { type: 'module', imports: { '#*': './libs/*/src/index.js' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    file: (source) => join(folder, compiled(source)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function sourcesBelow(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(folder, file));
}

function compiled(source: string): string {
  return source.replace(/\.ts$/, '.js');
}

function compile(source: string, target: string): void {
  const { code } = transformSync(readFileSync(join(ROOT, source), 'utf8'), {
    filename: source,
    swcrc: false,
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}
