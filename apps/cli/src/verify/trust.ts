import { readFileSync } from 'node:fs';
import { keyPolicy, parsePolicy, type Policy } from '#transparency';
import { CliError } from '../sentence.js';

/** What was asked for cannot be read, so nothing is said about it. */
export class Unreadable extends CliError {
  override readonly exitCode = 2;
}

/** Whom to trust: decided beforehand, never taken from the server that is checked. */
export interface Trust {
  readonly policy?: string;
  readonly key?: string;
}

/** @throws Unreadable */
export function trusted({ policy, key }: Trust): Policy {
  if ((policy === undefined) === (key === undefined))
    throw new Unreadable('Say whom you trust: --policy FILE, or --key with the log’s verifier key.');
  const parsed = policy === undefined ? keyPolicy(key!) : parsePolicy(read(policy));
  if (parsed.ok) return parsed.value;
  throw new Unreadable(policy === undefined ? `--key: ${parsed.reason}.` : `${policy}: ${parsed.reason}.`);
}

/** @throws Unreadable */
export function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Unreadable(`${file} cannot be read.`);
  }
}

/** From a file, or from a server as the caller that SILLAGE_TOKEN or `caller` names. @throws Unreadable */
export async function readFrom(source: string, caller?: string): Promise<string> {
  return /^https?:\/\//.test(source)
    ? new TextDecoder().decode(await fetchBytes(source, caller))
    : read(source);
}

/** @throws Unreadable */
export async function fetchBytes(url: string, caller = 'client:verify'): Promise<Uint8Array> {
  const token = process.env['SILLAGE_TOKEN'];
  const headers: Record<string, string> = token
    ? { authorization: `Bearer ${token}` }
    : { 'sillage-caller': caller };
  const response = await fetch(url, { headers }).catch(() => {
    throw new Unreadable(`Nothing answers at ${new URL(url).origin}.`);
  });
  if (!response.ok)
    throw new Unreadable(`The server answered ${response.status} for ${new URL(url).pathname}.`);
  return new Uint8Array(await response.arrayBuffer());
}
