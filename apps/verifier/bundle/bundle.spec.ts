import { beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { bundlePage } from './bundle.js';

const ROOT = resolve(__dirname, '../../..');
let page: string;
beforeAll(async () => {
  page = await bundlePage(ROOT);
});

const inside = (tag: string) => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)![1]!;
const sha256 = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

describe('the page that verifies', () => {
  test('lets just its own script and style run, and nothing else', () => {
    expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]).toBe(
      `default-src 'none'; script-src '${sha256(inside('script'))}'; style-src '${sha256(inside('style'))}'; base-uri 'none'; form-action 'none'`,
    );
  });

  test('is one file: it names no other address and takes nothing of Node', () => {
    expect(page).not.toMatch(/https?:\/\/|\bimport\b|\brequire\(|\bBuffer\b|node:|<link|\bsrc=/);
    expect(page).not.toMatch(/\b(fetch|XMLHttpRequest|WebSocket|sendBeacon|EventSource|importScripts)\(/);
  });

  test('is short enough to be read: what it does not use, as the calendar, is left out', () => {
    expect(page).not.toContain('ZonedDateTime');
    expect(page.length).toBeLessThan(110 * 1024);
  });

  test('has the same bytes whenever it is made of the same sources', async () => {
    expect(await bundlePage(ROOT)).toBe(page);
  });
});
