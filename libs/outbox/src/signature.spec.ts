import { createHmac } from 'node:crypto';
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
