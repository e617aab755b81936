import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { World, type Knowing, type Professional, type Someone } from './harness.js';

let world: World;
let caron: Professional;
let lea: Someone;

beforeAll(async () => {
  world = await World.open();
  caron = await world.professional('Caron');
  lea = await world.person();
});
afterAll(() => world.close());

describe('a question asked after a position', () => {
  test('shows what was written, fifty times in a row', async () => {
    const client = world.client.as(caron.by);
    for (let n = 1; n <= 50; n++) {
      const { item, position } = await client.tell(`${lea.path}/items`, {
        category: 'functional-impact',
        label: `information ${n}`,
        purpose: 'care-coordination',
        source: { kind: 'observation' },
      });
      const page = await client.ask<Knowing>(`${lea.path}/who-knows`, { after: position as number });
      expect(page.rows.map((row) => row.item)).toContain(item);
      expect(page.rows).toHaveLength(n);
      expect(page.position).toBeGreaterThanOrEqual(position as number);
    }
  });

  test('waits for writes of many persons at once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => world.person()));
    const answers = await Promise.all(
      people.map(async (person) => {
        const item = await world.item(person, caron);
        return (await world.client.rows<Knowing>(`${person.path}/who-knows`)).map((row) => row.item === item);
      }),
    );
    expect(answers).toEqual(people.map(() => [true]));
  });

  test('shows what was recorded before the clock was set back', async () => {
    await world.on('2026-12-20');
    const person = await world.person();
    await world.on('2026-12-01');
    const item = await world.item(person, caron, { effectiveAt: '2026-11-30' });
    const rows = await world.client.rows<Knowing>(`${person.path}/who-knows`);
    expect(rows.map((row) => row.item)).toEqual([item]);
  });

  test('is turned down for a position that the ledger has not come to', async () => {
    const after = (await world.client.end()) + 100;
    const told = await world.client.get(`${lea.path}/who-knows`, { after });
    expect(told.status).toBe(400);
    expect(told.body['errors']).toEqual([expect.objectContaining({ field: 'after' })]);
  });
});
