import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './cases.js';

const SOURCES = ['main.go', 'judges.go', 'loss.go'].map((name) => join(__dirname, name));
const MISSING = 'The independent verifier needs Go: apt-get install -y golang-go golang-golang-x-mod-dev';
// Debian puts golang.org/x/mod there; without modules nothing is looked for elsewhere.
const GO_ENV = {
  ...process.env,
  GO111MODULE: 'off',
  GOPATH: '/usr/share/gocode',
  GOFLAGS: '',
  GOTOOLCHAIN: 'local',
};

/** The verifier in Go, built in a folder. @throws where Go or its package is missing */
export function buildVerifier(folder: string): (cases: readonly Case[]) => SpawnSyncReturns<string> {
  const program = join(folder, 'verifier');
  const built = spawnSync('go', ['build', '-o', program, ...SOURCES], { env: GO_ENV, encoding: 'utf8' });
  if (built.error || /cannot find package/.test(built.stderr)) throw new Error(MISSING);
  if (built.status !== 0) throw new Error(built.stderr);
  return (cases) => {
    const file = join(folder, 'cases.jsonl');
    writeFileSync(file, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return spawnSync(program, [file], { encoding: 'utf8', maxBuffer: 1 << 26 });
  };
}
