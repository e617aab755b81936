import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';

export interface Message {
  readonly id: string;
  readonly contentType: string | undefined;
  /** Whether it is signed with the secret of this receiver. */
  readonly genuine: boolean;
  readonly body: string;
}

type Answering = (response: ServerResponse, message: Message) => void;

const taken: Answering = (response) => response.writeHead(204).end();

/** An institution's own server: it knows a message by its id, and whether it is genuine by its secret. */
export class Receiver {
  readonly messages: Message[] = [];
  secret = '';
  answering: Answering = taken;
  private server: Server | undefined;
  private port = 0;
  private away: TcpServer | undefined;

  /** Its address is taken, but nobody answers there until it opens. */
  static async closed(): Promise<Receiver> {
    const receiver = new Receiver();
    // The port stays taken: another test's server would answer there else.
    const away = createTcpServer((socket) => socket.destroy());
    away.listen(0, '127.0.0.1');
    await once(away, 'listening');
    receiver.port = (away.address() as AddressInfo).port;
    receiver.away = away;
    return receiver;
  }

  static async opened(answering: Answering = taken): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.answering = answering;
    await receiver.open();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/sillage`;
  }

  /** Each message once, by its id: what a receiver acts on. */
  get distinct(): readonly string[] {
    return [...new Set(this.messages.map(({ id }) => id))];
  }

  async open(): Promise<void> {
    await this.arrive();
    this.server = createServer((request, response) => void this.take(request, response));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private async arrive(): Promise<void> {
    const { away } = this;
    this.away = undefined;
    if (!away) return;
    away.close();
    await once(away, 'close');
  }

  async close(): Promise<void> {
    await this.arrive();
    const { server } = this;
    if (!server?.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const { headers } = request;
    const message = {
      id: String(headers['webhook-id']),
      contentType: headers['content-type'],
      genuine: isGenuine(this.secret, headers, bytes),
      body: bytes.toString('utf8'),
    };
    this.messages.push(message);
    this.answering(response, message);
  }
}

/** Standard Webhooks, from its specification: HMAC-SHA256 of `id.timestamp.` and the bytes as they came. */
export function isGenuine(secret: string, headers: IncomingMessage['headers'], bytes: Buffer): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = Buffer.from(
    `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`,
    'utf8',
  );
  const expected = createHmac('sha256', key).update(signed).update(bytes).digest('base64');
  const signatures = String(headers['webhook-signature']).split(' ');
  return key.length > 0 && signatures.includes(`v1,${expected}`);
}
