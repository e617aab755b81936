import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { shownSecret, signedHeaders } from './signature.js';

describe('a signed message', () => {
  test('is signed as the example of Standard Webhooks is', () => {
    const secret = Buffer.from('plJ3nmyCDGBKInavdOK15jsl', 'base64');
    const body = '{"event_type":"ping","data":{"success":true}}';
    expect(signedHeaders(secret, 'msg_loFOjxBNrRLzqYUf', 1_731_705_121, body)).toEqual({
      'webhook-id': 'msg_loFOjxBNrRLzqYUf',
      'webhook-timestamp': '1731705121',
      'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    });
  });

  test('covers the bytes, letters beyond ASCII too', () => {
    const secret = Buffer.alloc(32, 7);
    const body = '{"à":"é"}';
    const bytes = Buffer.concat([Buffer.from('n.5.'), Buffer.from(body, 'utf8')]);
    const mac = createHmac('sha256', secret).update(bytes).digest('base64');
    expect(signedHeaders(secret, 'n', 5, body)['webhook-signature']).toBe(`v1,${mac}`);
  });

  test('has a secret that receivers configure as it is shown', () => {
    expect(shownSecret(Buffer.alloc(32, 7))).toBe('whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=');
  });
});

describe('the function that the documentation gives to receivers', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/integrator.md'), 'utf8');
  const [, code] = /```js\n([\s\S]*?)```/.exec(guide)!;
  const given = { createHmac, timingSafeEqual, Buffer };
  const isGenuine = runInNewContext(`${code!.replace(/^import .*$/m, '')} isGenuine`, given) as (
    ...message: unknown[]
  ) => boolean;
  const secret = Buffer.alloc(32, 7);
  const body = '{"à":"é"}';
  const now = Math.floor(Date.now() / 1000);
  const headers = signedHeaders(secret, 'n', now, body);

  test('knows a message that is ours, under one of several signatures too', () => {
    expect(isGenuine(shownSecret(secret), headers, Buffer.from(body))).toBe(true);
    const two = { ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` };
    expect(isGenuine(shownSecret(secret), two, Buffer.from(body))).toBe(true);
  });

  test.each([
    ['other bytes', shownSecret(secret), headers, '{"à":"é" }'],
    ['another secret', shownSecret(Buffer.alloc(32, 8)), headers, body],
    ['another id', shownSecret(secret), { ...headers, 'webhook-id': 'm' }, body],
    ['another time', shownSecret(secret), { ...headers, 'webhook-timestamp': String(now - 1) }, body],
    ['an old message', shownSecret(secret), signedHeaders(secret, 'n', now - 301, body), body],
    ['no signature', shownSecret(secret), { ...headers, 'webhook-signature': '' }, body],
  ])('turns down %s', (_, shown, said, bytes) => {
    expect(isGenuine(shown, said, Buffer.from(bytes))).toBe(false);
  });
});
