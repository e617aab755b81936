import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf, systemClock } from '#time';
import type { Professional, Someone, World } from './harness.js';
import type { Receiver } from './receiver.js';

export interface OutboxRow {
  readonly delivery: string;
  readonly notice: string;
  readonly institution: string;
  readonly state: string;
  readonly attempts: number;
  readonly nextTry: string | null;
  readonly lastError: string | null;
}

/** What happens by itself is waited for, not timed. */
export async function until<Value>(
  what: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  for (let tries = 0; tries < 800; tries++) {
    const value = await what();
    if (value !== undefined && value !== false) return value;
    await sleep(25);
  }
  throw new Error(`It never happened: ${what.toString()}`);
}

export async function outbox(world: World, institution?: string): Promise<readonly OutboxRow[]> {
  const { rows } = (await world.client.get('/v1/outbox')).body as { rows: readonly OutboxRow[] };
  return rows.filter((row) => institution === undefined || row.institution === institution);
}

/** An institution whose notices go to this receiver, which knows its secret. */
export async function institutionAt(world: World, receiver: Receiver): Promise<string> {
  const institution = await world.institution();
  await world.client.tell(`/v1/institutions/${institution}/revisions`, { webhook: receiver.url });
  await shareSecret(world, institution, receiver);
  return institution;
}

export async function shareSecret(world: World, institution: string, receiver: Receiver): Promise<void> {
  const told = await world.client.get(`/v1/institutions/${institution}/webhook-secret`);
  receiver.secret = told.body['secret'] as string;
}

/** Somebody whose item went down the chain, all on one consent, which they take back on another day; without days, today. */
export async function withdrawnFrom(
  world: World,
  chain: readonly Professional[],
  days?: readonly [string, string],
): Promise<{ readonly person: Someone; readonly item: string }> {
  const [day, later] = days ?? [dayOf(systemClock.now())];
  if (days) await world.on(day);
  const person = await world.person();
  const item = await world.item(person, chain[0]!, { effectiveAt: day });
  const recipients = chain.slice(1).map(({ to }) => to);
  const scope = { items: [item], recipients };
  const consent = await world.agreed(person, chain[0]!, scope, { effectiveAt: day });
  for (const [n, { to }] of chain.slice(1).entries())
    await world.shared(person, chain[n]!, { items: [{ item }], recipients: [to], effectiveAt: day });
  if (later) await world.on(later);
  await world.client
    .as(person.by)
    .tell(`${person.path}/consents/${consent}/withdrawals`, { means: 'written' });
  return { person, item };
}
