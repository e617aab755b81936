import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Ended } from '../journeys/program.js';
import { vectorsOf, type Vector } from '../journeys/vectors.js';
import { Witnessed } from '../journeys/witnessed.js';
import { openBrowser } from './browser.js';

let ledger: Witnessed;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Addresses that the browser was asked to fetch. */
let asked: string[];
/** The page as a person saved it. */
let address: string;

beforeAll(async () => {
  ledger = await Witnessed.start();
  await ledger.download('/verify', 'verify.html');
  address = `file://${ledger.at('verify.html')}`;
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await ledger?.end();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 320, height: 640 } });
  page = await context.newPage();
  asked = [];
  page.on('request', (request) => asked.push(request.url()));
});
afterEach(() => context.close());

/** What the page says of a file: the verdict, and `check verdict` for each line. */
async function read({ file, trust, saved, person }: Vector): Promise<readonly string[]> {
  await page.goto(address);
  await page.getByLabel('Votre fichier').setInputFiles(file);
  if (trust === 'policy') await page.getByLabel('Fichier des clés').setInputFiles(ledger.at(trust));
  else await page.getByLabel('Ou collez ici les clés').fill(readFileSync(ledger.at(trust), 'utf8'));
  await page.getByText('3. Pour aller plus loin').click();
  if (saved) await page.getByLabel('Votre vérification précédente').setInputFiles(saved);
  if (person) await page.getByLabel('Numéro de la personne').fill(person);
  await page.getByRole('button', { name: 'Vérifier' }).click();
  const said = page.getByRole('status').locator('.verdict');
  const verdict = (await said.getAttribute('class'))!.replace('verdict ', '').replace('receipt', 'unaltered');
  const lines = await page.locator('details [data-check]').all();
  const checks = lines.map(
    async (line) => `${await line.getAttribute('data-check')} ${await line.getAttribute('data-verdict')}`,
  );
  return [verdict, ...(await Promise.all(checks)).sort()];
}

/** The same of `sillage verify`. */
function readCommand({ code, out }: Ended): readonly string[] {
  if (code === 2) return ['unreadable'];
  const lines = out.trimEnd().split('\n');
  const checks = lines.slice(0, -2).map((line) => {
    const [verdict, check] = line.split(/ +/);
    return `${check} ${verdict!.toLowerCase()}`;
  });
  return [lines.at(-1)!.split(':')[0]!, ...checks.sort()];
}

describe('the page that verifies', () => {
  test('says of each file what the command says, and calls nobody', async () => {
    await context.setOffline(true);
    for (const vector of vectorsOf(ledger)) {
      const { name, kind, file, trust, saved, person, verdict } = vector;
      const options =
        trust === 'policy'
          ? ['--policy', ledger.at(trust)]
          : ['--key', readFileSync(ledger.at(trust), 'utf8')];
      const more = [...(saved ? ['--saved', saved] : []), ...(person ? ['--person', person] : [])];
      const command = readCommand(await ledger.verify(kind, file, ...options, ...more));
      expect([name, ...(await read(vector))]).toEqual([name, ...command]);
      expect(command[0]).toBe(verdict);
    }
    expect(new Set(asked)).toEqual(new Set([address]));
  });

  test('may not call, even the server that it comes from, nor run or load anything', async () => {
    const html = readFileSync(ledger.at('verify.html'));
    const calls: string[] = [];
    const server = createServer(({ url }, response) => {
      calls.push(url!);
      response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
    }).on('upgrade', ({ url }) => calls.push(url!));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/verify`);
    const refused = await page.evaluate(`(async () => {
      const seen = [];
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
      const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
      await fetch('/health').catch(() => {});
      navigator.sendBeacon('/health', 'x');
      try { new WebSocket('ws://' + location.host); } catch {}
      add('img', { src: '/health' });
      add('script', { src: '/health' });
      add('script', { textContent: 'document.title = "run"' });
      add('iframe', { src: '/health' });
      add('link', { rel: 'stylesheet', href: '/health' });
      const form = document.createElement('form');
      form.action = '/health';
      document.body.append(form);
      form.submit();
      for (let i = 0; i < 200 && new Set(seen).size < 6; i++) await new Promise((r) => setTimeout(r, 50));
      return [...new Set(seen), document.title];
    })()`);
    expect((refused as string[]).toSorted()).toEqual([
      'Vérification',
      'connect-src',
      'form-action',
      'frame-src',
      'img-src',
      'script-src-elem',
      'style-src-elem',
    ]);
    expect(calls).toEqual(['/verify']);
    server.close();
    server.closeAllConnections();
  });

  test('speaks the language of the browser, and the other one when asked, about the same result', async () => {
    await read(vectorsOf(ledger).find(({ name }) => name === 'a proof with another name')!);
    expect(await page.getByRole('status').innerText()).toMatch(/^✗ Échec/);
    expect(await page.locator('[data-verdict=failed]').first().innerText()).toBe(
      '✗\nContenu mot pour mot (Votre dossier) — Échec\nL’événement 0 n’est pas celui qui a été inscrit : il a été changé.',
    );
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.getByRole('status').innerText()).toMatch(/^✗ Failed/);
    expect(await page.locator('[data-verdict=failed]').first().innerText()).toContain(
      'Event 0 is not what was committed to.',
    );
    expect(await page.getByRole('button', { name: 'English' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('works by keyboard, names every field, and says at the field what is missing', async () => {
    await page.goto(address);
    for (let i = 0; i < 20 && (await page.locator('#verify:focus').count()) === 0; i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const file = page.getByLabel('Votre fichier');
    await page.getByText('Choisissez d’abord le fichier à vérifier.').waitFor();
    expect(await page.locator(':focus').getAttribute('id')).toBe('file');
    expect(await file.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByText('sans elles, rien ne peut être vérifié').isVisible()).toBe(true);
    const labels = "[...document.querySelectorAll('input, textarea')].map((field) => field.labels.length)";
    expect(await page.evaluate(labels)).toEqual([1, 1, 1, 1, 1]);
  });

  test('fits 320 pixels, every part open', async () => {
    await read(vectorsOf(ledger)[0]!);
    for (const summary of await page.locator('#details summary').all()) await summary.click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(await page.locator('pre').first().innerText()).toContain('Besnard');
  });

  test('hands out what to keep, which the next check takes', async () => {
    const good = vectorsOf(ledger)[0]!;
    await read(good);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Garder cette vérification' }).click();
    const saved = ledger.at('kept-by-the-page.json');
    await (await download).saveAs(saved);
    expect(readFileSync(saved, 'utf8')).toBe(readFileSync(ledger.at('kept.json'), 'utf8'));
    expect(await read({ ...good, saved })).toContain('earlier-checkpoint passed');
  });
});
