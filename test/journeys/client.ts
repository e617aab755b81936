export type Body = Readonly<Record<string, unknown>>;
export type Query = Readonly<Record<string, string | number>>;

/** An answer as it came over the wire. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body where it is JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Page<Row> {
  readonly validAt: string;
  readonly knownAt: string;
  readonly position: number;
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** Questions whose answers name a person, or many. */
const NAMES_PERSONS =
  /^\/v1\/(persons\/|duties|findings|deferrals$|institutions\/[^/]+\/register|commissions\/[^/]+\/sessions\/)/;

/** Speaks to a server as one caller; callers made from one another share what they have written so far. */
export class Client {
  constructor(
    readonly url: string,
    readonly caller = 'client:journey',
    private readonly written: { position: number } = { position: 0 },
  ) {}

  as(caller: string): Client {
    return new Client(this.url, caller, this.written);
  }

  /** Position of the last command that was answered: questions wait for it. */
  get position(): number {
    return this.written.position;
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Told> {
    const headers = { 'sillage-caller': this.caller, ...(init.headers as Record<string, string>) };
    const response = await fetch(this.url + path, { ...init, method, headers });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '' && !isLines(response);
    const body = json ? (JSON.parse(text) as Told['body']) : {};
    if (typeof body?.['position'] === 'number' && method === 'POST')
      this.written.position = Math.max(this.written.position, body['position']);
    return { status: response.status, headers: response.headers, text, body };
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.send('POST', path, {
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  get(path: string, query: Query = {}): Promise<Told> {
    const pairs = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]);
    const search = new URLSearchParams([...this.reasonFor(path, query), ...pairs]).toString();
    return this.send('GET', search ? `${path}${path.includes('?') ? '&' : '?'}${search}` : path);
  }

  /** Professionals and programs say why they ask about a person; who wants to see what happens without does so. */
  private reasonFor(path: string, query: Query): [string, string][] {
    const isNeeded = NAMES_PERSONS.test(path) && !this.caller.startsWith('person:');
    return isNeeded && query['reason'] === undefined ? [['reason', 'care']] : [];
  }

  /** A command that the ledger accepts. */
  async tell(
    path: string,
    body: Body,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Told['body']> {
    const told = await this.post(path, body, headers);
    if (told.status !== 201) throw new Error(`${path} was not accepted: ${told.status} ${told.text}`);
    return told.body;
  }

  /** A question, asked after everything that was told. */
  async ask<Row>(path: string, query: Query = {}): Promise<Page<Row>> {
    const told = await this.get(path, { after: this.position, ...query });
    if (told.status !== 200) throw new Error(`${path} was not answered: ${told.status} ${told.text}`);
    return told.body as unknown as Page<Row>;
  }

  async rows<Row>(path: string, query: Query = {}): Promise<readonly Row[]> {
    return (await this.ask<Row>(path, query)).rows;
  }

  /** Where the ledger ends. */
  async end(): Promise<number> {
    return (await this.get('/health')).body['position'] as number;
  }

  /**
   * How many events the ledger holds but those of the log, which it goes on writing by itself. The two counts of one
   * answer are of two moments; they belong together where the ledger ends at the same place before and after.
   */
  async facts(): Promise<number> {
    const { position, log } = (await this.get('/health')).body as {
      position: number;
      log: { batches: number };
    };
    return position === (await this.end()) ? position - log.batches : this.facts();
  }
}

function isLines(response: Response): boolean {
  return response.headers.get('content-type')?.includes('ndjson') ?? false;
}
