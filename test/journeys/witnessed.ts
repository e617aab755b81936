import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openSigningKey } from '#log';
import { COSIGNATURE_V1, ED25519, formatVerifierKey } from '#transparency';
import { bundlePage } from '../../apps/verifier/bundle/bundle.js';
import { Client } from './client.js';
import { temporaryFolder } from './harness.js';
import { Program, ROOT, type Ended, type Environment, type Running } from './program.js';

const ORIGIN = 'ledger.example/log';

/**
 * A server whose log three witnesses cosign, one of which replays, and the files of one person: `proof.json`,
 * `receipt.json`, the `policy` and the log's key `log.vkey`. The log then changes its key: `changed.json` and
 * `changed-receipt.json` are of after that; `policy` and `log.vkey` still name the first key, `next.vkey` the new one.
 */
export class Witnessed {
  readonly running: Running[] = [];
  client!: Client;
  person!: string;
  private event!: string;
  private server!: Running;
  private port!: number;
  private readonly folder = temporaryFolder();

  private constructor(private readonly program: Program) {}

  static async start(): Promise<Witnessed> {
    const started = new Witnessed(await Program.build());
    started.program.add('apps/verifier/verify.html', await bundlePage(ROOT));
    await started.begin();
    return started;
  }

  /** The path of a file. */
  readonly at = (name: string): string => join(this.folder.path, name);

  async end(): Promise<void> {
    for (const { child, ended } of this.running) {
      child.kill('SIGKILL');
      await ended;
    }
    this.program.remove();
    this.folder.remove();
  }

  verify(...args: readonly string[]): Promise<Ended> {
    return this.program.run(['verify', ...args]);
  }

  async run(args: readonly string[], env: Environment = {}): Promise<Running> {
    const started = await this.program.start(args, env);
    this.running.push(started);
    return started;
  }

  async download(path: string, name: string): Promise<void> {
    const { status, text } = await this.client.get(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    writeFileSync(this.at(name), text);
  }

  private async begin(): Promise<void> {
    const { at } = this;
    mkdirSync(at('data'));
    const logKey = formatVerifierKey(openSigningKey(at('data/log.key'), ED25519, ORIGIN, '').key);
    writeFileSync(at('log.vkey'), logKey);
    this.port = await freePort();
    await this.startWitnesses(logKey, 'policy');
    await this.serve();
    await this.live();
    await this.changeKey();
  }

  /** Starts three witnesses of the log, and writes the policy that names them. */
  async startWitnesses(logKey: string, policy: string): Promise<void> {
    const witnesses = [
      await this.witness('w1', logKey),
      await this.witness('w2', logKey),
      await this.witness('w3', logKey, ['--replay', `http://127.0.0.1:${this.port}`]),
    ];
    const groups = 'group most 2 w1 w2 w3\ngroup replaying any w3\nquorum most\n';
    writeFileSync(this.at(policy), `log ${logKey}\n${witnesses.join('')}${groups}`);
  }

  /** What the command and the server are told. */
  environment(policy = 'policy', data = 'data'): Environment {
    return {
      SILLAGE_DATA_DIR: this.at(data),
      SILLAGE_LOG_POLICY: this.at(policy),
      PORT: String(this.port),
    };
  }

  command(args: readonly string[], env = this.environment()): Promise<Ended> {
    return this.program.run(args, env);
  }

  async serve(policy = 'policy'): Promise<void> {
    this.server = await this.run(['serve'], this.environment(policy));
    this.client = new Client(this.server.url);
  }

  async stop(): Promise<void> {
    this.server.child.kill('SIGTERM');
    await this.server.ended;
  }

  /** Ends everything that runs. */
  async stopAll(): Promise<void> {
    for (const { child, ended } of this.running.splice(0)) {
      child.kill('SIGTERM');
      await ended;
    }
  }

  /** Starts one, and tells the line of the policy that names it. */
  private async witness(name: string, logKey: string, more: readonly string[] = []): Promise<string> {
    mkdirSync(this.at(name), { recursive: true });
    const { key } = openSigningKey(this.at(`${name}/witness.key`), COSIGNATURE_V1, `${name}.example`, '');
    const args = ['witness', '--folder', this.at(name), '--log', logKey, '--port', '0', ...more];
    return `witness ${name} ${formatVerifierKey(key)} ${(await this.run(args)).url}\n`;
  }

  private async live(): Promise<void> {
    const told = await this.client.tell('/v1/persons', {
      givenName: 'Léa',
      familyName: 'Besnard',
      birthDate: '1960-05-17',
    });
    this.person = told['person'] as string;
    this.event = (told['events'] as { id: string }[])[0]!.id;
    await this.download(`/v1/persons/${this.person}/receipts/${this.event}`, 'receipt.json');
    await this.download(`/v1/persons/${this.person}/proof`, 'proof.json');
  }

  private async changeKey(): Promise<void> {
    const { code, err } = await this.program.run(['keys', 'rotate-log'], {
      SILLAGE_DATA_DIR: this.at('data'),
    });
    if (code !== 0) throw new Error(err);
    // Whoever waits for a receipt has a checkpoint made, which covers the change.
    for (let keys = 1; keys < 2;) {
      const named = { givenName: 'Noé', familyName: 'A', birthDate: '1964-05-17' };
      const told = await this.client.tell('/v1/persons', named);
      const [event] = told['events'] as { id: string }[];
      await this.client.get(`/v1/persons/${told['person']}/receipts/${event!.id}`);
      keys = (await this.client.get('/v1/log/key')).text.trim().split('\n').length;
    }
    await this.download(`/v1/persons/${this.person}/receipts/${this.event}`, 'changed-receipt.json');
    await this.download(`/v1/persons/${this.person}/proof`, 'changed.json');
    const [next] = (await this.client.get('/v1/log/key')).text.split('\n');
    writeFileSync(this.at('next.vkey'), next!);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
