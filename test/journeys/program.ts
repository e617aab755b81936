import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
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
import { transform, type Options } from '@swc/core';

export const ROOT = resolve(__dirname, '../..');

export type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs on until it is stopped. */
export interface Running {
  readonly child: ChildProcess;
  /** The address that it printed. */
  readonly url: string;
  readonly ended: Promise<Ended>;
}

/**
 * The command line as a program of its own, built from the sources as they are now by the settings of the
 * build. It depends on no earlier build, and several specs can have theirs at once.
 */
export class Program {
  private constructor(private readonly folder: string) {}

  static async build(): Promise<Program> {
    const folder = mkdtempSync(join(tmpdir(), 'sillage-program-'));
    const settings = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')) as Options;
    await Promise.all(sources().map((source) => compile(source, folder, settings)));
    cpSync(join(ROOT, 'libs/catalogue/data'), join(folder, 'libs/catalogue/data'), { recursive: true });
    const manifest = { type: 'module', imports: { '#*': './libs/*/src/index.js' } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    return new Program(folder);
  }

  /** A file that the build makes from others. */
  add(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs to its end. */
  async run(args: readonly string[], env: Environment = {}): Promise<Ended> {
    return this.spawn(args, env).ended;
  }

  /** Runs until it has printed its address. */
  async start(args: readonly string[], env: Environment = {}): Promise<Running> {
    const { child, ended } = this.spawn(args, env);
    const url = await Promise.race([addressOf(child), ended.then(notStarted)]);
    return { child, url, ended };
  }

  /** Runs on, for whoever has to do with it meanwhile. */
  spawn(args: readonly string[], env: Environment) {
    const main = join(this.folder, 'apps/cli/src/main.js');
    const settings = { PATH: process.env['PATH']!, HOME: this.folder, PORT: '0', ...env };
    const child = spawn(process.execPath, [main, ...args], { env: settings, cwd: this.folder });
    return { child, ended: endOf(child) };
  }
}

function sources(): readonly string[] {
  return ['apps/api/src', 'apps/cli/src', ...readdirSync(join(ROOT, 'libs')).map((lib) => `libs/${lib}/src`)]
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(folder, file),
      ),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
}

async function compile(source: string, folder: string, settings: Options): Promise<void> {
  const { code } = await transform(readFileSync(join(ROOT, source), 'utf8'), {
    ...settings,
    filename: source,
    swcrc: false,
    sourceMaps: false,
  });
  const target = join(folder, source.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout!.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr!.on('data', (text: Buffer) => (err += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found) => {
    let out = '';
    child.stdout!.on('data', (text: Buffer) => {
      out += text.toString();
      const url = /http:\/\/[\d.]+:\d+/.exec(out)?.[0];
      if (url) found(url);
    });
  });
}

function notStarted({ code, err }: Ended): never {
  throw new Error(`The program ended with ${code}: ${err}`);
}
