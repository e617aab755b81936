import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startServer, type Server } from '../../apps/api/src/index.js';
import { Client, type Body, type Query } from './client.js';

export { Client, type Body, type Page, type Query, type Told } from './client.js';

/** A data folder of its own. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sillage-journey-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function serveQuietly(dataDir: string, demonstration: boolean): Promise<Server> {
  const config = { host: '127.0.0.1', port: 0, dataDir, tokensFile: undefined };
  return startServer(config, { demonstration, log: pino({ level: 'silent' }) });
}

/** A professional, by the mandate under which they act. */
export interface Professional {
  readonly mandate: string;
  readonly institution: string;
  /** As a caller. */
  readonly by: string;
  /** As a recipient. */
  readonly to: { readonly kind: 'mandate'; readonly mandate: string };
}

export interface Someone {
  readonly id: string;
  readonly path: string;
  readonly by: string;
}

export interface WorldOptions {
  /** Runs on a clock that the test sets; the default. */
  readonly demonstration?: boolean;
  /** Another way to start a server on the folder. */
  readonly serve?: (dataDir: string) => Promise<Server>;
}

/** A server on a data folder of its own, and those who act in it. */
export class World {
  readonly folder = temporaryFolder();
  client!: Client;
  private server!: Server;
  private made = 0;
  private day: string | undefined;
  /** Coming back to a day, it is later there, so that nothing lies ahead of the clock. */
  private returns = 0;

  private constructor(private readonly serve: (dataDir: string) => Promise<Server>) {}

  static async open({ demonstration = true, serve }: WorldOptions = {}): Promise<World> {
    const world = new World(serve ?? ((dataDir) => serveQuietly(dataDir, demonstration)));
    await world.start();
    return world;
  }

  get dataDir(): string {
    return this.folder.path;
  }

  async start(): Promise<void> {
    this.server = await this.serve(this.folder.path);
    this.client = new Client(this.server.url);
  }

  stop(): Promise<void> {
    return this.server.close();
  }

  async close(): Promise<void> {
    await this.stop();
    this.folder.remove();
  }

  /** From now on it is this day at nine, UTC; or this instant. */
  async on(day: string): Promise<void> {
    const now = day.includes('T') ? day : `${day}T09:00:00Z`;
    const told = await this.client.send('PUT', '/demo/clock', {
      body: JSON.stringify({ now }),
      headers: { 'content-type': 'application/json' },
    });
    if (told.status !== 200) throw new Error(told.text);
    this.day = day;
  }

  async institution(name = `Service ${++this.made}`): Promise<string> {
    const told = await this.client.tell('/v1/institutions', { name, mission: 'Accompagnement' });
    return told['institution'] as string;
  }

  async professional(
    familyName: string,
    overrides: Body & { institution?: string } = {},
  ): Promise<Professional> {
    const { institution = await this.institution(`Service de ${familyName}`), ...rest } = overrides;
    const { actor } = await this.client.tell('/v1/actors', { givenName: 'Dominique', familyName });
    const told = await this.client.tell(`/v1/institutions/${institution}/mandates`, {
      actor,
      mission: 'Accompagnement',
      purposes: ['care-coordination', 'social-follow-up'],
      function: 'référent',
      profession: 'infirmier',
      categories: ['nurse'],
      secrecy: ['health-profession'],
      validFrom: '2024-01-01',
      ...rest,
    });
    const mandate = told['mandate'] as string;
    return { mandate, institution, by: `mandate:${mandate}`, to: { kind: 'mandate', mandate } };
  }

  async person(overrides: Body = {}): Promise<Someone> {
    const told = await this.client.tell('/v1/persons', {
      givenName: `Léa ${++this.made}`,
      familyName: 'Besnard',
      birthDate: '1960-05-17',
      ...overrides,
    });
    const id = told['person'] as string;
    return { id, path: `/v1/persons/${id}`, by: `person:${id}` };
  }

  async item(person: Someone, holder: Professional, overrides: Body = {}): Promise<string> {
    const told = await this.client.as(holder.by).tell(`${person.path}/items`, {
      category: 'functional-impact',
      label: 'risque de chute',
      purpose: 'care-coordination',
      source: { kind: 'observation' },
      ...overrides,
    });
    return told['item'] as string;
  }

  /** Tells the person about a passing, and has them agree to it, and to its going on, on the same day. */
  async agreed(person: Someone, by: Professional, scope: Body, overrides: Body = {}): Promise<string> {
    const { effectiveAt, validUntil = '2027-12-31', onward = scope['recipients'], ...rest } = overrides;
    const covered = { purposes: ['care-coordination'], ...scope };
    const day = effectiveAt === undefined ? {} : { effectiveAt };
    const client = this.client.as(by.by);
    const told = await client.tell(`${person.path}/informations`, { ...covered, form: 'oral', ...day });
    const consent = { ...covered, onward, effectiveAt, validUntil, means: 'written', ...rest };
    const { information } = told;
    return (await client.tell(`${person.path}/consents`, { ...consent, information }))['consent'] as string;
  }

  /** A disclosure outside the care team, which rests on consent, unless it names another provision. */
  async shared(person: Someone, from: Professional, body: Body): Promise<string> {
    const told = await this.onTheDayOf(body, () =>
      this.client.as(from.by).tell(`${person.path}/disclosures`, sharing(body)),
    );
    return told['disclosure'] as string;
  }

  /** What is intended is recorded when it is done: days later, duties that follow from it could not be met. */
  async onTheDayOf<T>({ effectiveAt }: Body, act: () => Promise<T>): Promise<T> {
    const { day } = this;
    if (day === undefined || day === effectiveAt || typeof effectiveAt !== 'string') return act();
    await this.on(effectiveAt);
    const done = await act();
    await this.on(day.includes('T') ? day : `${day}T09:${String(++this.returns).padStart(2, '0')}:00Z`);
    this.day = day;
    return done;
  }
}

/** In order on every point but consent, which the provision asks for. */
export function sharing(body: Body): Body {
  const items = body['items'];
  return {
    purpose: 'care-coordination',
    objective: 'Préparer le retour à domicile',
    benefit: 'Un logement adapté',
    provision: 'csp-l1110-4-iii-outside-team',
    frame: 'transmission',
    channel: 'secure-messaging',
    retentionRule: 'cnil-social-files',
    responsibleManager: 'Direction du service',
    ...body,
    ...(Array.isArray(items) ? { items: items.map(justified) } : {}),
  };
}

function justified(item: unknown): unknown {
  return typeof item === 'object' && item !== null
    ? { justification: 'Nécessaire au retour.', ...item }
    : item;
}

/** A row of who-knows, as far as tests look at it. */
export interface Knowing {
  readonly item: string;
  readonly label: string | null;
  readonly holder: { readonly key: string; readonly name: string | null; readonly function: string | null };
  readonly status: string;
  readonly since: string;
  readonly basis: string | null;
  readonly until: string | null;
  readonly through: readonly string[];
  readonly hops: number;
  readonly chains: readonly (readonly string[])[];
}

/** Who knows, as `name: status`. */
export async function statuses(
  client: Client,
  person: Someone,
  query: Query = {},
): Promise<readonly string[]> {
  const rows = await client.rows<Knowing>(`${person.path}/who-knows`, query);
  return rows
    .map(({ holder, status }) => `${holder.name ?? holder.function ?? holder.key}: ${status}`)
    .sort();
}
