import { epochMs, type Clock } from '#time';
import {
  addSignatures,
  base64,
  openCheckpoint,
  parseDecimal,
  type Hash,
  type Policy,
  type VerifierKey,
  type WitnessKey,
} from '#transparency';

const TIMEOUT_MS = 5_000;
/** A witness answers a few lines; more is not read. */
const MAX_ANSWER_BYTES = 65_536;
/** Beyond it a clock is wrong: map entries and recorded times are judged by it. */
const CLOCK_TOLERANCE_MS = 120_000;

/** How the log last fared with a witness. */
export interface WitnessState {
  readonly witness: string;
  readonly state: 'cosigned' | 'refused' | 'unreachable' | 'not-asked';
  /** POSIX seconds by its clock; of the newest cosignature. */
  readonly cosignedS?: number;
  readonly reason?: string;
}

/** A signed checkpoint with the proof that it continues any earlier one. */
export interface Submission {
  readonly note: string;
  readonly size: number;
  readonly signedBy: readonly VerifierKey[];
  /** From `oldSize` > 0 leaves to this size. */
  consistency(oldSize: number): readonly Hash[];
}

/** Asks one witness to cosign, by c2sp.org/tlog-witness. */
export class WitnessClient {
  private oldSize = 0;
  private last: WitnessState;
  /** How far its clock and ours are apart, where that is too far. */
  clockOffMs = 0;
  /** The most entries that it said it has seen of this log. */
  seen = 0;

  constructor(
    readonly witness: WitnessKey,
    private readonly url: string,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {
    this.last = { witness: witness.key.name, state: 'not-asked' };
  }

  get state(): WitnessState {
    return this.last;
  }

  /** Its cosignature lines, verified; none when it refuses or cannot be reached: the state says why. */
  async cosign(submission: Submission): Promise<readonly string[]> {
    const { name } = this.witness.key;
    const cosignedS = this.last.cosignedS && { cosignedS: this.last.cosignedS };
    try {
      const answer = await this.ask(submission);
      if (typeof answer === 'string') {
        this.last = { witness: name, state: 'refused', reason: answer, ...cosignedS };
        return [];
      }
      this.last = { witness: name, state: 'cosigned', cosignedS: answer.timestampS };
      this.oldSize = submission.size;
      const offMs = answer.timestampS * 1000 - epochMs(this.clock.now());
      this.clockOffMs = Math.abs(offMs) > CLOCK_TOLERANCE_MS ? offMs : 0;
      return answer.lines;
    } catch (error) {
      const reason = (error as Error).name === 'TimeoutError' ? 'no answer in time' : 'no connection';
      this.last = { witness: name, state: 'unreachable', reason, ...cosignedS };
      return [];
    }
  }

  /** Once more where the witness remembers another size than we do. */
  private async ask(submission: Submission): Promise<Cosigned | string> {
    const first = await this.post(submission, Math.min(this.oldSize, submission.size));
    const known =
      first.status === 409 && first.type === 'text/x.tlog.size' ? first.text.trimEnd() : undefined;
    const oldSize = known === undefined ? undefined : parseDecimal(known);
    if (oldSize === undefined) return this.judge(first, submission);
    this.seen = Math.max(this.seen, oldSize);
    if (oldSize > submission.size)
      return `it has seen ${oldSize} entries, and the log has ${submission.size}`;
    this.oldSize = oldSize;
    return this.judge(await this.post(submission, oldSize), submission);
  }

  private judge({ status, text }: Answer, { note, signedBy }: Submission): Cosigned | string {
    if (status !== 200) return `it answered ${status}: ${oneLine(text)}`;
    const lines = text
      .split('\n')
      .slice(0, -1)
      .map((line) => `${line}\n`);
    const own = lines.filter((line) => line.startsWith(`— ${this.witness.key.name} `));
    const opened = openCheckpoint(addSignatures(note, own), { ...this.policy, logKeys: signedBy });
    const signed = opened.ok && opened.value.cosignatures.find(({ witness }) => witness === this.witness);
    return signed ? { lines: own, timestampS: signed.timestampS } : 'its answer is no cosignature of it';
  }

  private async post({ note, consistency }: Submission, oldSize: number): Promise<Answer> {
    const proof = oldSize > 0 ? consistency(oldSize) : [];
    const body = `old ${oldSize}\n${proof.map((hash) => `${base64(hash)}\n`).join('')}\n${note}`;
    const response = await fetch(`${this.url.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = (await response.text()).slice(0, MAX_ANSWER_BYTES);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text };
  }
}

interface Cosigned {
  readonly lines: readonly string[];
  readonly timestampS: number;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
