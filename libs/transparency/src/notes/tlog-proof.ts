import { base64, parseBase64, parseDecimal } from '../bytes.js';
import { isHash, type Hash } from '../crypto.js';
import { verifyInclusion } from '../merkle/verify.js';
import { fail, ok, type Result } from '../result.js';
import type { LogPolicy, OpenedCheckpoint } from './checkpoint.js';

const HEADER = 'c2sp.org/tlog-proof@v1';
const MAX_HASHES = 63;

/** c2sp.org/tlog-proof: that an entry is in the log, checkable offline. */
export interface TlogProof {
  readonly index: number;
  readonly proof: readonly Hash[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Not authenticated by the proof. At least one byte. */
  readonly extra?: Uint8Array;
}

/** The text of a `.tlog-proof` file. */
export function formatProof({ index, proof, checkpoint, extra }: TlogProof): string {
  if (extra?.length === 0) throw new RangeError('extra data is left out when there is none');
  const lines = [
    HEADER,
    ...(extra ? [`extra ${base64(extra)}`] : []),
    `index ${index}`,
    ...proof.map(base64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads the form only; `verifyProof` judges. */
export function parseProof(text: string): Result<TlogProof> {
  const split = text.indexOf('\n\n');
  if (split < 0) return fail('the proof holds no checkpoint');
  const [header, ...lines] = text.slice(0, split).split('\n');
  if (header !== HEADER) return fail(`the first line is not ${HEADER}`);
  const hasExtra = lines[0]?.startsWith('extra ') === true;
  const extra = hasExtra ? parseBase64(lines.shift()!.slice(6)) : undefined;
  if (hasExtra && (extra === undefined || extra.length === 0)) return fail('the extra line is malformed');
  const first = lines.shift();
  const index = first?.startsWith('index ') ? parseDecimal(first.slice(6)) : undefined;
  if (index === undefined) return fail('the index line is malformed');
  if (lines.length > MAX_HASHES) return fail('the proof has more hashes than any tree has levels');
  const proof = lines.map(parseBase64);
  if (!proof.every(isHash)) return fail('a line of the proof is not a hash in base64');
  const checkpoint = text.slice(split + 2);
  return ok({ index, proof, checkpoint, ...(extra && { extra }) });
}

/**
 * c2sp.org/tlog-proof, "Verifying a tlog proof": the log signed the checkpoint, the quorum of witnesses cosigned
 * it, the entry with this leaf hash is included. `open`: how the checkpoint is opened.
 */
export function verifyProof<Opened extends OpenedCheckpoint>(
  text: string,
  leaf: Hash,
  policy: LogPolicy,
  open: (note: string, policy: LogPolicy) => Result<Opened>,
): Result<Opened> {
  const parsed = parseProof(text);
  if (!parsed.ok) return parsed;
  const opened = open(parsed.value.checkpoint, policy);
  if (!opened.ok) return opened;
  if (opened.value.cosignatures.length < policy.quorum)
    return fail('too few witnesses cosigned the checkpoint');
  const { size, root } = opened.value.checkpoint;
  const { index, proof } = parsed.value;
  if (!verifyInclusion({ index, size, leaf, proof, root })) return fail('the entry is not in the log');
  return opened;
}
