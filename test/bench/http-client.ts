import { connect, type Socket } from 'node:net';

/** Sends one request after the other on one kept connection: cheaper than any client, so that servers are measured. */
export class HttpConnection {
  private answer: { resolve(status: number): void; reject(error: Error): void } | undefined;
  private received = '';
  private missing = -1;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.take(text));
    const fail = () => this.answer?.reject(new Error('The server ended the connection.'));
    socket.on('error', fail);
    socket.on('close', fail);
  }

  static async open(url: string): Promise<HttpConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpConnection(socket);
  }

  /** @returns the status of the answer, when all of it has come */
  send(request: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.answer = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.answer = undefined;
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    if (this.missing < 0) {
      const end = this.received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = /content-length: (\d+)/i.exec(this.received)?.[1];
      this.missing = end + 4 + Number(length ?? 0);
    }
    if (this.received.length < this.missing) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    this.missing = -1;
    this.answer?.resolve(status);
  }
}

/** A POST of JSON as it goes over the wire. */
export function postRequest(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Uint8Array {
  const { pathname, host } = new URL(url);
  const json = Buffer.from(JSON.stringify(body));
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n`;
  return Buffer.concat([Buffer.from(`${head}content-length: ${json.length}\r\n${more.join('')}\r\n`), json]);
}
