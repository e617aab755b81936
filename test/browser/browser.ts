import { chromium, type Browser } from 'playwright-core';

/** The browser that jest.browser.cjs found. It asks nobody for updates. */
export function openBrowser(): Promise<Browser> {
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath: process.env['SILLAGE_BROWSER']!, args });
}
