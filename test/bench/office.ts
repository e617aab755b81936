import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApp, openLog, openModelsInThread, openOutbox } from '../../apps/api/src/index.js';
import { asCode, asId, type DomainEvent, type Recorded } from '#decider';
import { RecordDisclosureCommand } from '#disclosure';
import { Ledger, openDatabase, SqliteEventStore, type OpenDatabase, type Outcome } from '#event-store';
import { parseCaller } from '#http';
import { ServedLog } from '#log';
import type { PersonId } from '#person';
import type { ReadModels } from '#read-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { addDays, dayOf, civilDate, systemClock } from '#time';
import { rate } from './measure.js';

type Body = Readonly<Record<string, unknown>>;

/** Somebody whose one item may be passed on. */
export interface Case {
  readonly person: PersonId;
  readonly item: string;
}

/** The whole application without its sockets, and a professional who shares what two persons or a thousand agreed to. */
export class Office {
  private constructor(
    readonly ledger: Ledger,
    readonly models: ReadModels,
    private readonly app: NestFastifyApplication,
    private readonly bus: CommandBus,
    private readonly closing: () => Promise<void>,
  ) {}

  readonly cases: Case[] = [];
  private from = '';
  private to = '';

  static async open(
    path: string,
    persons: number,
    openToWrite: OpenDatabase = openDatabase,
  ): Promise<Office> {
    mkdirSync(path, { recursive: true });
    const store = SqliteEventStore.open(join(path, 'ledger.db'), openToWrite);
    const { id } = await store.identify({ id: randomUUID(), kind: 'ledger' });
    const keys = SqliteKeyStore.open(join(path, 'keys.db'));
    const sealing = new Sealing(keys, FileRootKey.open(join(path, 'root.key')));
    const ledger = new Ledger(store, sealing, systemClock);
    const folder = { path, store, sealing, demonstration: false, ledger: id, keysDir: path };
    const config = { host: '127.0.0.1', port: 0, dataDir: path, tokensFile: undefined };
    const log = pino({ level: 'silent' });
    const open = { ...folder, close: async () => {} };
    const models = await openModelsInThread(open, {});
    const served = await ServedLog.here(await openLog(open, systemClock, config));
    const outbox = openOutbox(open, ledger, log);
    const callerOf = ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
      parseCaller(String(headers['sillage-caller']))!;
    const app = await createApp({
      ledger,
      sealing,
      models,
      served,
      outbox,
      clock: systemClock,
      callerOf,
      log,
    });
    const office = new Office(ledger, models, app, app.get(CommandBus), async () => {
      await app.close();
      for (const one of [outbox, served, models, store, keys]) await one.close();
    });
    await office.settle(persons);
    return office;
  }

  close(): Promise<void> {
    return this.closing();
  }

  /** Records that the n-th case was told to the same colleague once more: assessed, sealed, on disk. */
  async disclose(n: number): Promise<readonly Recorded<DomainEvent>[]> {
    const { person, item } = this.cases[n % this.cases.length]!;
    const request = {
      caller: { kind: 'mandate' as const, id: this.from },
      digest: 'bench',
      correlationId: asId<'Correlation'>(randomUUID()),
    };
    const command = new RecordDisclosureCommand(person, wish(item, this.to), undefined, request);
    const outcome = await this.bus.execute<RecordDisclosureCommand, Outcome<DomainEvent>>(command);
    if (outcome.kind !== 'recorded' || outcome.events[0]?.type !== 'DisclosureRecorded')
      throw new Error(`The disclosure was not recorded: ${JSON.stringify(outcome)}`);
    return outcome.events;
  }

  /** A server that has run for a while: its code is compiled, its streams are folded, its read models are up to date. */
  async warmUp(): Promise<void> {
    await rate(2 * this.cases.length, 50, async (n) => void (await this.disclose(n)));
    await this.models.waitFor(await this.ledger.store.end(), 60_000);
  }

  /** One such disclosure of each case, as it is asked for over HTTP. */
  requests(): readonly { readonly path: string; readonly caller: string; readonly body: object }[] {
    return this.cases.map(({ person, item }) => {
      const { said, declared: _, effectiveAt, ...parties } = wish(item, this.to);
      const body = { ...said, ...parties, effectiveAt: effectiveAt.date };
      return { path: `/v1/persons/${person}/disclosures`, caller: `mandate:${this.from}`, body };
    });
  }

  private async settle(persons: number): Promise<void> {
    this.from = await this.professional('Garnier');
    this.to = await this.professional('Leroy');
    await rate(persons, 20, async (n) => void this.cases.push(await this.agreedCase(n)));
  }

  private async professional(familyName: string): Promise<string> {
    const { institution } = await this.tell('institutions', { name: familyName, mission: 'Accompagnement' });
    const { actor } = await this.tell('actors', { givenName: 'Dominique', familyName });
    const { mandate } = await this.tell(`institutions/${institution}/mandates`, {
      actor,
      mission: 'Accompagnement',
      purposes: ['care-coordination'],
      function: 'référent',
      profession: 'infirmier',
      categories: ['nurse'],
      secrecy: ['health-profession'],
      validFrom: '2024-01-01',
    });
    const { position } = await this.tell('institutions', { name: `${familyName} 2`, mission: 'Autre' });
    await this.models.waitFor(Number(position), 60_000);
    return mandate!;
  }

  private async agreedCase(n: number): Promise<Case> {
    const by = `mandate:${this.from}`;
    const born = { givenName: `Léa ${n}`, familyName: 'Besnard', birthDate: '1960-05-17' };
    const { person } = await this.tell('persons', born);
    const path = `persons/${person}`;
    const described = {
      category: 'functional-impact',
      label: 'risque de chute',
      purpose: 'care-coordination',
      source: { kind: 'observation' },
    };
    const { item } = await this.tell(`${path}/items`, described, by);
    const recipients = [{ kind: 'mandate', mandate: this.to }];
    const scope = { items: [item], recipients, purposes: ['care-coordination'] };
    const { information } = await this.tell(`${path}/informations`, { ...scope, form: 'oral' }, by);
    const today = dayToday();
    const period = { effectiveAt: today.date, validUntil: addDays(today, 300).date };
    const agreed = { ...scope, ...period, onward: recipients, information, means: 'written' };
    await this.tell(`${path}/consents`, agreed, by);
    return { person: asId<'Person'>(person!), item: item! };
  }

  private async tell(path: string, body: Body, caller = 'client:bench'): Promise<Record<string, string>> {
    const headers = { 'sillage-caller': caller };
    const told = await this.app.inject({ method: 'POST', url: `/v1/${path}`, headers, payload: body });
    if (told.statusCode !== 201) throw new Error(`${path} was not accepted: ${told.statusCode} ${told.body}`);
    return told.json<Record<string, string>>();
  }
}

const dayToday = () => civilDate(dayOf(systemClock.now()));

/** In order on every point. */
function wish(item: string, to: string) {
  return {
    said: {
      items: [{ item: asId<'Item'>(item), justification: 'Nécessaire au retour.' }],
      purpose: asCode<'Purpose'>('care-coordination'),
      objective: 'Préparer le retour à domicile',
      benefit: 'Un logement adapté',
      frame: 'transmission',
      channel: 'secure-messaging',
      retentionRule: asCode<'Retention'>('cnil-social-files'),
      responsibleManager: 'Direction du service',
    },
    recipients: [{ kind: 'mandate', mandate: to }],
    declared: {},
    provision: asCode<'Provision'>('csp-l1110-4-iii-outside-team'),
    effectiveAt: dayToday(),
  } as const;
}
