import { streamKey, streamKind, streamName, type Instant } from '#decider';
import { sameBytes } from '../bytes.js';
import type { CommittedEvent } from '../log/commitment.js';
import { openCheckpoint, type Checkpoint, type LogPolicy } from '../notes/checkpoint.js';
import { fail, ok, type Result } from '../result.js';
import type { Check, PersonVerdict, ProofBundle, SavedCheck } from './bundle.js';
import { checkPerson } from './check-person.js';
import { checkReceipt } from './check-receipt.js';
import { checkWitnesses } from './checkpoint-checks.js';
import { isReceipt, parseProofFile, parseReceipt } from './files.js';
import { parseSavedCheck } from './saved-file.js';

/** What somebody who checks a file has at hand besides the file. */
export interface Asked {
  readonly policy: LogPolicy;
  readonly now: Instant;
  /** What the last check kept. */
  readonly saved?: SavedCheck;
  /** Whose file it is; left out: whom it names. */
  readonly person?: string;
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
export function judgeReceipt(text: string, { policy, saved }: Asked): Result<Judged> {
  const receipt = parseReceipt(text);
  if (!receipt.ok) return receipt;
  const { event } = receipt.value;
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
    ...(saved ? [checkSaved(checkpoint, saved)] : []),
  ];
  const failed = checks.some(({ verdict }) => verdict === 'failed');
  return ok({ verdict: failed ? 'failed' : 'unaltered', checks, events: [event] });
}

/** The text of a person's proof file, about their own stream and that of their consultations. */
export function judgeProof(text: string, { policy, now, saved, person }: Asked): Result<Judged> {
  const bundle = parseProofFile(text);
  if (!bundle.ok) return bundle;
  const whose = person ?? personOf(bundle.value);
  if (whose === undefined) return fail('the file names no person: say whose it is');
  const streams = [streamName('person', whose), streamName('access', whose)];
  const sentence = `The file is read as that of the person ${whose}.`;
  const { checks, ...judged } = checkPerson(bundle.value, { policy, streams, now, ...(saved && { saved }) });
  const events = bundle.value.streams.flatMap((stream) => stream.events.map(({ event }) => event));
  return ok({ ...judged, events, checks: [{ name: 'person', verdict: 'passed', sentence }, ...checks] });
}

/** What was kept: a check, or the checkpoint alone, which must be signed by the log that the policy trusts. */
export function readSaved(text: string, policy: LogPolicy): Result<SavedCheck> {
  if (text.trimStart().startsWith('{')) return parseSavedCheck(text);
  const opened = openCheckpoint(text, policy);
  if (!opened.ok) return opened;
  const { size, root } = opened.value.checkpoint;
  return ok({ size, root, heads: new Map() });
}

/** A receipt has no proof that the log went on: only checkpoints of the same size can be compared. */
function checkSaved({ size, root }: Checkpoint, saved: SavedCheck): Check {
  const name = 'earlier-checkpoint';
  if (size !== saved.size)
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
