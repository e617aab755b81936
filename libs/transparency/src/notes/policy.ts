import { sameBytes } from '../bytes.js';
import { fail, ok, type Result } from '../result.js';
import type { LogPolicy, WitnessKey } from './checkpoint.js';
import { COSIGNATURE_V1, ED25519, parseVerifierKey, type VerifierKey } from './keys.js';

/** The group of witnesses that replay, where a policy names it. */
const REPLAYING = 'replaying';

/** Whom to trust, with where to reach them. */
export interface Policy extends LogPolicy {
  readonly logUrl: string | undefined;
  /** Submission prefixes, for the witnesses that have one. */
  readonly urls: ReadonlyMap<WitnessKey, string>;
}

interface Group {
  readonly threshold: number;
  readonly members: readonly string[];
}

interface Read {
  readonly logs: { readonly key: VerifierKey; readonly url: string | undefined }[];
  readonly witnesses: Map<string, { readonly key: VerifierKey; readonly url: string | undefined }>;
  readonly groups: Map<string, Group>;
  quorum?: Group;
}

/**
 * Reads a policy in the format of c2sp.org/tlog-policy, with one log (several keys of one origin during a rotation)
 * and groups of witnesses, not of groups. Witnesses of the group `replaying` replay the log before they cosign.
 */
export function parsePolicy(text: string): Result<Policy> {
  const read: Read = { logs: [], witnesses: new Map(), groups: new Map() };
  for (const [i, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0 || words[0]!.startsWith('#')) continue;
    const problem = readLine(words, read);
    if (problem !== undefined) return fail(`line ${i + 1} of the policy: ${problem}`);
  }
  return assembled(read);
}

/** Trusts the log's key alone: no witness is asked for. */
export function keyPolicy(key: string): Result<Policy> {
  return parsePolicy(`log ${key.trim()}\nquorum none\n`);
}

function readLine([keyword, ...rest]: readonly string[], read: Read): string | undefined {
  switch (keyword) {
    case 'log':
      return readLog(rest, read);
    case 'witness':
      return readWitness(rest, read);
    case 'group':
      return readGroup(rest, read);
    case 'quorum':
      return readQuorum(rest, read);
    default:
      return 'it starts with none of log, witness, group, quorum';
  }
}

function readLog([vkey, url, ...rest]: readonly string[], { logs }: Read): string | undefined {
  const key = parseVerifierKey(vkey ?? '');
  if (!key.ok) return key.reason;
  if (key.value.type !== ED25519 || rest.length > 0) return 'it is no log';
  if (logs.some((log) => log.key.name !== key.value.name)) return 'it is another log';
  logs.push({ key: key.value, url });
  return undefined;
}

function readWitness([name, vkey, url, ...rest]: readonly string[], read: Read): string | undefined {
  const key = parseVerifierKey(vkey ?? '');
  if (!key.ok) return key.reason;
  if (key.value.type !== COSIGNATURE_V1 || rest.length > 0) return 'it is no witness';
  if (isTaken(name, read)) return 'the name is taken';
  const { publicKey } = key.value;
  if ([...read.witnesses.values()].some((other) => sameBytes(other.key.publicKey, publicKey)))
    return 'it is a witness named before';
  read.witnesses.set(name!, { key: key.value, url });
  return undefined;
}

function readGroup([name, threshold, ...members]: readonly string[], read: Read): string | undefined {
  if (isTaken(name, read)) return 'the name is taken';
  if (!members.every((member) => read.witnesses.has(member))) return 'a member is no witness named before';
  if (new Set(members).size < members.length) return 'a witness is named twice';
  const count = threshold === 'any' ? 1 : threshold === 'all' ? members.length : Number(threshold);
  if (!Number.isInteger(count) || count < 1 || count > members.length) return 'the threshold cannot be met';
  read.groups.set(name!, { threshold: count, members });
  return undefined;
}

function readQuorum([name, ...rest]: readonly string[], read: Read): string | undefined {
  if (read.quorum !== undefined || name === undefined || rest.length > 0) return 'there is one quorum';
  if (name === 'none') read.quorum = { threshold: 0, members: [...read.witnesses.keys()] };
  else if (read.witnesses.has(name)) read.quorum = { threshold: 1, members: [name] };
  else read.quorum = read.groups.get(name);
  return read.quorum === undefined ? 'no group and no witness has this name' : undefined;
}

function isTaken(name: string | undefined, { witnesses, groups }: Read): boolean {
  return name === undefined || name === 'none' || witnesses.has(name) || groups.has(name);
}

function assembled({ logs, witnesses, groups, quorum }: Read): Result<Policy> {
  const [log] = logs;
  if (log === undefined) return fail('the policy names no log');
  if (quorum === undefined) return fail('the policy names no quorum');
  const replaying = groups.get(REPLAYING)?.members ?? [];
  const urls = new Map<WitnessKey, string>();
  const members = quorum.members.map((name): WitnessKey => {
    const { key, url } = witnesses.get(name)!;
    const witness = { key, replays: replaying.includes(name) };
    if (url !== undefined) urls.set(witness, url);
    return witness;
  });
  const logKeys = logs.map(({ key }) => key);
  return ok({
    origin: log.key.name,
    logKeys,
    witnesses: members,
    quorum: quorum.threshold,
    logUrl: log.url,
    urls,
  });
}
