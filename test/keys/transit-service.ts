import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Fields = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body?: object;
}

const refuse = (status: number, error: string): Answer => ({ status, body: { errors: [error] } });
const TOO_OLD = 'ciphertext or signature version is disallowed by policy (too old)';

/**
 * A stand-in for a transit service with one key, `transit/sillage`: it answers what OpenBao's and Vault's public HTTP
 * API says, as far as Sillage asks, and refuses what they refuse. It is not one of them.
 */
export class TransitService {
  /** What the next answers are, whatever was asked. */
  failing: number | undefined;
  readonly requests: string[] = [];
  readonly state = {
    type: 'aes256-gcm96',
    latest_version: 1,
    min_decryption_version: 1,
    min_encryption_version: 0,
    min_available_version: 0,
    exportable: false,
    allow_plaintext_backup: false,
    derived: false,
  };
  private readonly versions = new Map<number, Buffer>([[1, randomBytes(32)]]);

  private constructor(
    private readonly server: Server,
    readonly token: string,
  ) {}

  static async start(): Promise<TransitService> {
    const server = createServer();
    const service = new TransitService(server, `hvs.${randomBytes(12).toString('hex')}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void service.serve(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Versions of which the key itself is still there, as an operator of the service with full rights sees it. */
  get held(): readonly number[] {
    return [...this.versions.keys()];
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method, url } = request;
    this.requests.push(`${method} ${url}`);
    const known = request.headers['x-vault-token'] === this.token;
    const { status, body } = this.failing
      ? refuse(this.failing, 'it fails')
      : known
        ? this.answer(`${method} ${url}`, text === '' ? {} : (JSON.parse(text) as Fields))
        : refuse(403, 'permission denied');
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body && JSON.stringify(body));
  }

  private answer(route: string, fields: Fields): Answer {
    const keys = '/v1/transit/keys/sillage';
    if (route === `GET ${keys}`) return { status: 200, body: { data: this.state } };
    if (route === `POST ${keys}/rotate`) return this.rotate();
    if (route === `POST ${keys}/config`) return this.configure(fields);
    if (route === `POST ${keys}/trim`) return this.trim(Number(fields['min_available_version']));
    if (route === 'POST /v1/transit/encrypt/sillage') return this.encrypt(fields);
    if (route === 'POST /v1/transit/decrypt/sillage') return this.decrypt(fields);
    return refuse(404, 'no handler for route');
  }

  private rotate(): Answer {
    this.versions.set(++this.state.latest_version, randomBytes(32));
    return { status: 200, body: { data: this.state } };
  }

  private configure(fields: Fields): Answer {
    const next = { ...this.state, ...fields };
    const [low, high] = [next.min_available_version, next.latest_version];
    const asked = [next.min_decryption_version, next.min_encryption_version];
    if (asked.some((version) => version > high)) return refuse(400, 'version is larger than the latest');
    if (asked.some((version) => version < low)) return refuse(400, 'version is less than min available');
    if (next.min_encryption_version > 0 && next.min_encryption_version < next.min_decryption_version)
      return refuse(400, 'cannot set min encryption/decryption values');
    Object.assign(this.state, fields);
    return { status: 204 };
  }

  private trim(version: number): Answer {
    const { min_available_version, min_decryption_version, min_encryption_version } = this.state;
    if (min_encryption_version === 0 || min_decryption_version === 0)
      return refuse(400, 'minimum available version cannot be set when a minimum version is not set');
    if (version < min_available_version || version < 1) return refuse(400, 'cannot be decremented');
    if (version > Math.min(min_encryption_version, min_decryption_version))
      return refuse(400, 'minimum available version cannot be greater than a minimum version');
    this.state.min_available_version = version;
    for (const old of this.held) if (old < version) this.versions.delete(old);
    return { status: 200, body: { data: this.state } };
  }

  private encrypt({ plaintext, associated_data }: Fields): Answer {
    const version = this.state.latest_version;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.versions.get(version)!, iv);
    cipher.setAAD(Buffer.from(String(associated_data), 'base64'));
    const sealed = cipher.update(Buffer.from(String(plaintext), 'base64'));
    cipher.final();
    const bytes = Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64');
    return {
      status: 200,
      body: { data: { ciphertext: `vault:v${version}:${bytes}`, key_version: version } },
    };
  }

  private decrypt({ ciphertext, associated_data }: Fields): Answer {
    const [, version, text] = /^vault:v(\d+):(.*)$/.exec(String(ciphertext)) ?? [];
    if (text === undefined) return refuse(400, 'invalid ciphertext: no prefix');
    if (Number(version) > this.state.latest_version)
      return refuse(400, 'invalid ciphertext: version is too new');
    if (Number(version) < this.state.min_decryption_version) return refuse(400, TOO_OLD);
    const bytes = Buffer.from(text, 'base64');
    try {
      const key = this.versions.get(Number(version))!;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(String(associated_data), 'base64'));
      decipher.setAuthTag(bytes.subarray(-16));
      const plain = decipher.update(bytes.subarray(12, -16));
      decipher.final();
      return { status: 200, body: { data: { plaintext: plain.toString('base64') } } };
    } catch {
      return refuse(400, 'cipher: message authentication failed');
    }
  }
}
