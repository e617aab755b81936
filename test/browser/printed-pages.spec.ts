import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { assemble } from '../../apps/cli/src/demo/cast.js';
import { tellDiallo } from '../../apps/cli/src/demo/diallo.js';
import { Teller } from '../../apps/cli/src/demo/teller.js';
import { World } from '../journeys/harness.js';
import { openBrowser } from './browser.js';

let world: World;
let browser: Browser;
/** Of the session that the story holds. */
let session: string;

beforeAll(async () => {
  world = await World.open();
  const teller = new Teller(world.client.url, true);
  const { hearing } = await tellDiallo(teller, await assemble(teller));
  session = world.client.url + hearing.path;
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function open(name: string, width: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    extraHTTPHeaders: { 'sillage-caller': 'client:browser' },
  });
  const page = await context.newPage();
  const response = await page.goto(`${session}/${name}.html?reason=technical`);
  expect(response!.status()).toBe(200);
  return page;
}

describe.each([
  ['preparation', 'Feuille de séance'],
  ['record', 'Relevé de conclusions'],
])('the printed page %s', (name, title) => {
  test.each([320, 1000])('fits a window of %i pixels', async (width) => {
    const page = await open(name, width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.context().close();
  });

  test('has one title, sections under their names, and tables whose rows and columns have heads', async () => {
    const page = await open(name, 1000);
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual([title]);
    expect(await page.getByRole('region', { name: '1. Amadou Diallo' }).count()).toBe(1);
    for (const table of await page.getByRole('table').all()) {
      const columns = await table.getByRole('columnheader').count();
      const rows = await table.getByRole('rowheader').count();
      expect(await table.getByRole('cell').count()).toBe((columns - 1) * rows);
    }
    await page.context().close();
  });

  test('prints, tagged, on A4', async () => {
    const page = await open(name, 1000);
    const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString('latin1');
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    await page.context().close();
  });
});
