import { epochMs, type Clock } from '#time';
import {
  cosignatureLine,
  newestKey,
  EMPTY_ROOT,
  openCheckpoint,
  parseBase64,
  parseCheckpoint,
  parseDecimal,
  parseNote,
  sameBytes,
  verifyConsistency,
  type Checkpoint,
  type Hash,
  type KeysEntry,
  type LogPolicy,
  type OpenedCheckpoint,
  type Result,
  type Signer,
  type VerifierKey,
} from '#transparency';
import type { WitnessState } from './state.file.js';

const MAX_PROOF_LINES = 63;

/** What the witness answers over HTTP. */
export interface WitnessAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** More than growth: what a replaying witness demands before it cosigns, and remembers in the same step. */
export interface Replayer {
  /** Changes of the log's key that it has replayed, oldest first. */
  readonly rotations: readonly KeysEntry[];
  /** Refuses, or has remembered the checkpoint for good. `policy`: the keys that the witness was given. */
  replay(checkpoint: Checkpoint, note: string, policy: LogPolicy): Promise<Result<undefined>>;
}

export interface WitnessOptions {
  readonly signer: Signer;
  /** Keys of the logs it knows; those of one origin belong to one log. */
  readonly logs: readonly VerifierKey[];
  readonly state: WitnessState;
  readonly clock: Clock;
  readonly replayer?: Replayer | undefined;
}

/** A witness by c2sp.org/tlog-witness: it cosigns what continues all that it cosigned before, and nothing else. */
export class Witness {
  private before: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: WitnessOptions) {}

  /** `POST /add-checkpoint`. One after the other: what is compared is what is remembered. */
  addCheckpoint(body: string): Promise<WitnessAnswer> {
    const answer = this.before.then(() => this.judge(body));
    this.before = answer.catch(() => {});
    return answer;
  }

  private async judge(body: string): Promise<WitnessAnswer> {
    const request = parseRequest(body);
    if (!request) return plain(400, 'The request is no old size, proof and checkpoint.');
    const { old, proof, checkpoint: claimed } = request;
    const logKeys = this.options.logs.filter(({ name }) => name === claimed.origin);
    if (logKeys.length === 0) return plain(404, 'This log is not known here.');
    const policy: LogPolicy = { origin: claimed.origin, logKeys, witnesses: [], quorum: 0 };
    const opened = openCheckpoint(request.note, this.followed(policy));
    if (!opened.ok) return plain(403, `It was refused because ${opened.reason}.`);
    if (old > claimed.size) return plain(400, 'The old size is beyond the checkpoint.');
    const refusal =
      this.growthProblem(old, proof, claimed) ?? (await this.replayProblem(claimed, request.note, policy));
    return refusal ?? this.cosigned(opened.value);
  }

  /** Who replays follows the log from a key that it was given to the one in use, and no other signs then. */
  private followed(policy: LogPolicy): LogPolicy {
    const newest = newestKey(policy, this.options.replayer?.rotations ?? []);
    return newest.ok && newest.value ? { ...policy, logKeys: [newest.value] } : policy;
  }

  private growthProblem(old: number, proof: readonly Hash[], now: Checkpoint): WitnessAnswer | undefined {
    const known = this.options.state.known(now.origin) ?? { size: 0, root: EMPTY_ROOT };
    const conflict = { status: 409, type: 'text/x.tlog.size', body: `${known.size}\n` };
    if (old !== known.size) return conflict;
    if (old === now.size && !sameBytes(known.root, now.root)) return conflict;
    const { size: oldSize, root: oldRoot } = known;
    const grown =
      oldSize === 0
        ? proof.length === 0
        : verifyConsistency({ oldSize, oldRoot, newSize: now.size, newRoot: now.root, proof });
    return grown ? undefined : plain(422, 'The proof does not show that the log only grew.');
  }

  /** Remembers the checkpoint before anybody is told. */
  private async replayProblem(
    checkpoint: Checkpoint,
    note: string,
    policy: LogPolicy,
  ): Promise<WitnessAnswer | undefined> {
    if (!this.options.replayer) {
      this.options.state.remember(checkpoint);
      return undefined;
    }
    const replayed = await this.options.replayer.replay(checkpoint, note, policy);
    return replayed.ok ? undefined : plain(422, `It was refused because ${replayed.reason}.`);
  }

  private cosigned({ text }: OpenedCheckpoint): WitnessAnswer {
    const { signer, clock } = this.options;
    return plain(200, cosignatureLine(text, signer, Math.floor(epochMs(clock.now()) / 1000)));
  }
}

interface Request {
  readonly old: number;
  readonly proof: readonly Hash[];
  readonly note: string;
  /** As the note says, before any signature was looked at. */
  readonly checkpoint: Checkpoint;
}

function parseRequest(body: string): Request | undefined {
  const split = body.indexOf('\n\n');
  const [first, ...lines] = body.slice(0, split).split('\n');
  const old = split < 0 || !first?.startsWith('old ') ? undefined : parseDecimal(first.slice(4));
  const proof = lines.map(parseBase64);
  const note = body.slice(split + 2);
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (old === undefined || lines.length > MAX_PROOF_LINES || !checkpoint.ok) return undefined;
  if (!proof.every((hash) => hash?.length === 32)) return undefined;
  return { old, proof: proof as Hash[], note, checkpoint: checkpoint.value };
}

function plain(status: number, body: string): WitnessAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: body.endsWith('\n') ? body : `${body}\n` };
}
