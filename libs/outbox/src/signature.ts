import { createHmac } from 'node:crypto';
import type { InstitutionId } from '#directory';
import type { Sealing } from '#sealing';

/** The secret of an institution's webhook, 32 bytes: derived, so that every node signs alike and nothing is stored. */
export function webhookSecret(sealing: Sealing, institution: InstitutionId): Promise<Buffer> {
  return sealing.hmac('webhooks', institution);
}

/** As receivers configure it (Standard Webhooks): `whsec_` and the secret in base64. */
export function shownSecret(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`;
}

/**
 * The headers of a signed message: https://www.standardwebhooks.com
 * @param id is the same at every try, so that a receiver takes the message once
 * @param timestamp of this try, seconds since 1970
 */
export function signedHeaders(secret: Buffer, id: string, timestamp: number, body: string) {
  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${mac}` };
}
