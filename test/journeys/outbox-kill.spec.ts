import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { World, type Professional } from './harness.js';
import { institutionAt, outbox, until, withdrawnFrom } from './outbox.js';
import { Program, type Running } from './program.js';
import { Receiver } from './receiver.js';

let program: Program;
let world: World;
let running: Running;
/** The first takes a message and says nothing; the second cannot be reached. */
let receivers: Receiver[];
let logged = '';

async function serve(dataDir: string) {
  running = await program.start(['serve'], { SILLAGE_DATA_DIR: dataDir });
  return { url: running.url, close: () => stop('SIGTERM') };
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  running.child.kill(signal);
  const { out, err } = await running.ended;
  logged += out + err;
}

beforeAll(async () => {
  program = await Program.build();
  receivers = [await Receiver.opened(() => {}), await Receiver.closed()];
  world = await World.open({ serve });
}, 60_000);
afterAll(async () => {
  await world.close();
  program.remove();
  await Promise.all(receivers.map((receiver) => receiver.close()));
});

describe('a server that is killed while it posts', () => {
  test('posts again under the same id, and loses nothing', async () => {
    const chain: Professional[] = [await world.professional('Odile')];
    for (const receiver of receivers)
      chain.push(await world.professional('Noël', { institution: await institutionAt(world, receiver) }));
    await withdrawnFrom(world, chain);
    const [silent, away] = receivers as [Receiver, Receiver];
    await until(() => silent.messages.length > 0);
    await until(async () => (await outbox(world)).some(({ lastError }) => lastError === 'unreachable'));
    await stop('SIGKILL');
    silent.answering = (response) => response.writeHead(200).end();
    await away.open();
    await world.start();
    // How long it waits before the next try grows with the tries before: nobody waits for that here.
    for (const { delivery } of await outbox(world))
      await world.client.post(`/v1/outbox/${delivery}/retry`, {});
    await until(() => away.messages.length > 0 && silent.messages.length > 1);
    await until(async () => (await outbox(world)).length === 0);
    for (const { distinct } of [silent, away]) expect(distinct).toHaveLength(1);
    expect([...silent.messages, ...away.messages].every(({ genuine }) => genuine)).toBe(true);
  }, 60_000);

  test('logs neither secrets nor addresses nor names', async () => {
    await world.stop();
    const secrets = receivers.flatMap(({ secret, url }) => [secret, secret.slice(6), url, url.slice(7)]);
    for (const secret of [...secrets, 'Noël', 'Besnard']) expect(logged).not.toContain(secret);
    expect(logged.match(/Sillage answers/g)).toHaveLength(2);
    await world.start();
  });
});
