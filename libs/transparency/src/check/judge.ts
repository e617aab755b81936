import { streamKey, streamKind, streamName, type Instant } from '#decider';
import { sameBytes } from '../bytes.js';
import type { CommittedEvent } from '../log/commitment.js';
import { leafHash } from '../merkle/hashes.js';
import { verifyInclusion } from '../merkle/verify.js';
import { openCheckpoint, originOf, type Checkpoint, type LogPolicy } from '../notes/checkpoint.js';
import { parseProof } from '../notes/tlog-proof.js';
import type { Hash } from '../crypto.js';
import { fail, ok, type Result } from '../result.js';
import type { Check, PersonVerdict, ProofBundle, SavedCheck } from './bundle.js';
import { checkPerson } from './check-person.js';
import { checkReceipt } from './check-receipt.js';
import { checkWitnesses } from './checkpoint-checks.js';
import { denied, lossBehind, lossSentence } from './earlier-checks.js';
import { isReceipt, parseKeysFile, parseProofFile, parseReceipt, type Receipt } from './files.js';
import { asOf, openLog, renamed, type OpenedLog } from './open-log.js';
import { parseSavedCheck } from './saved-file.js';

/** What somebody who checks a file has at hand besides the file. */
export interface Asked {
  readonly policy: LogPolicy;
  readonly now: Instant;
  /** What the last check kept. */
  readonly saved?: SavedCheck;
  /** The log as it was shown at another time: now, for an old receipt. */
  readonly shown?: ShownLog;
  /** Whose file it is; left out: whom it names. */
  readonly person?: string;
}

/** A checkpoint with the changes of keys and the losses that led to it. */
export interface ShownLog {
  readonly log: OpenedLog;
  /** Of the entry at the place that the receipt names, where somebody asked for it. */
  readonly proof?: readonly Hash[];
}

export interface Judged extends PersonVerdict {
  /** What the file says happened: true where the verdict is not `failed`. */
  readonly events: readonly CommittedEvent[];
}

/** A receipt or a proof, by what the file says it is. Not ok: it cannot be read, so nothing is said about it. */
export function judgeFile(text: string, asked: Asked): Result<Judged> {
  return isReceipt(text) ? judgeReceipt(text, asked) : judgeProof(text, asked);
}

/** The text of a receipt. Its verdict is never `complete`: it is about one event. */
export function judgeReceipt(text: string, asked: Asked): Result<Judged> {
  const receipt = parseReceipt(text);
  if (!receipt.ok) return receipt;
  const { event } = receipt.value;
  const { saved, shown } = asked;
  const policy = shown ? asOf(noteIn(receipt.value), asked.policy, shown.log) : asked.policy;
  const checked = checkReceipt(receipt.value, policy);
  if (!checked.ok) {
    const sentence = `It was refused because ${checked.reason}.`;
    return ok({
      verdict: 'failed',
      checks: [{ name: 'receipt', verdict: 'failed', sentence }],
      events: [event],
    });
  }
  const { checkpoint } = checked.value;
  const { type, n, stream, recordedAt } = event;
  const checks: Check[] = [
    {
      name: 'openings',
      verdict: 'passed',
      sentence: `${type}, event ${n} of ${stream}, recorded ${recordedAt}, is what was committed to.`,
    },
    {
      name: 'inclusion',
      verdict: 'passed',
      sentence: `It is in the log ${checkpoint.origin} of ${checkpoint.size} entries.`,
    },
    checkWitnesses(checked.value, policy),
    ...checked.value.losses.map((loss): Check => ({
      name: 'loss',
      verdict: 'warned',
      sentence: lossSentence(loss),
    })),
    ...(saved ? [checkSaved(checkpoint, saved)] : []),
    ...(shown ? [checkShown(receipt.value, checkpoint, shown)] : []),
  ];
  const failed = checks.some(({ verdict }) => verdict === 'failed');
  return ok({ verdict: failed ? 'failed' : 'unaltered', checks, events: [event] });
}

/** The text of a person's proof file, about their own stream and that of their consultations. */
export function judgeProof(text: string, { policy, now, saved, shown, person }: Asked): Result<Judged> {
  const bundle = parseProofFile(text);
  if (!bundle.ok) return bundle;
  const whose = person ?? personOf(bundle.value);
  if (whose === undefined) return fail('the file names no person: say whose it is');
  const streams = [streamName('person', whose), streamName('access', whose)];
  const sentence = `The file is read as that of the person ${whose}.`;
  const kept = saved ?? (shown && { ...shown.log.checkpoint, heads: new Map() });
  const { checks, ...judged } = checkPerson(bundle.value, {
    policy,
    streams,
    now,
    ...(kept && { saved: kept }),
  });
  const events = bundle.value.streams.flatMap((stream) => stream.events.map(({ event }) => event));
  return ok({ ...judged, events, checks: [{ name: 'person', verdict: 'passed', sentence }, ...checks] });
}

/** What was kept: a check, or the checkpoint alone, which must be signed by the log that the policy trusts. */
export function readSaved(text: string, policy: LogPolicy): Result<SavedCheck> {
  if (text.trimStart().startsWith('{')) return parseSavedCheck(text);
  // Under an earlier name of the log, which the file to be judged tells.
  const opened = openCheckpoint(text, renamed(policy, originOf(text) ?? policy.origin));
  if (!opened.ok) return opened;
  const { size, root, origin } = opened.value.checkpoint;
  return ok({ size, root, origin, heads: new Map() });
}

/** The text of `GET /v1/log/keys`. */
export function readShown(text: string, policy: LogPolicy): Result<ShownLog> {
  const file = parseKeysFile(text);
  if (!file.ok) return file;
  const log = openLog(file.value.checkpoint, policy, file.value);
  return log.ok ? ok({ log: log.value }) : log;
}

function noteIn({ proof }: Receipt): string {
  const parsed = parseProof(proof);
  return parsed.ok ? parsed.value.checkpoint : '';
}

/** What became of the entry in the log as it was shown at another time. */
function checkShown({ proof: text, entry }: Receipt, given: Checkpoint, { log, proof }: ShownLog): Check {
  const parsed = parseProof(text);
  const index = parsed.ok ? parsed.value.index : 0;
  const { size, root, origin } = log.checkpoint;
  const loss = lossBehind(log, { ...given, size: index + 1 });
  const problem =
    denied(log, given) ??
    (!loss && size <= index ? `The log has ${size} entries, fewer than its receipt says.` : undefined);
  const name = 'loss';
  if (problem !== undefined) return { name, verdict: 'failed', sentence: problem };
  if (loss)
    return {
      name,
      verdict: 'warned',
      sentence: `It was entry ${index} of the log ${given.origin}, which declares that its entries from ${loss.kept} on were lost: where it gives out no receipt of it as ${origin}, the event is lost, not false.`,
    };
  if (proof === undefined)
    return {
      name,
      verdict: 'skipped',
      sentence: 'The log declares no loss of it; whether it stands there was not looked at.',
    };
  return verifyInclusion({ index, size, leaf: leafHash(entry), proof, root })
    ? { name, verdict: 'passed', sentence: 'It stands in the log as that is shown, at the same place.' }
    : {
        name,
        verdict: 'failed',
        sentence: 'The log as it is shown has something else in its place, and declares no loss of it.',
      };
}

/** A receipt has no proof that the log went on: only checkpoints of the same size can be compared. */
function checkSaved({ size, root, origin }: Checkpoint, saved: SavedCheck): Check {
  const name = 'earlier-checkpoint';
  if (size !== saved.size || (saved.origin ?? origin) !== origin)
    return {
      name,
      verdict: 'skipped',
      sentence: 'A receipt does not show whether the log continues the one of the earlier check.',
    };
  return sameBytes(root, saved.root)
    ? { name, verdict: 'passed', sentence: 'The log is the one of the earlier check.' }
    : { name, verdict: 'failed', sentence: 'The log is not the one of the earlier check.' };
}

function personOf({ streams }: ProofBundle): string | undefined {
  const own = streams.find(({ stream }) => streamKind(stream) === 'person');
  return own && streamKey(own.stream);
}
