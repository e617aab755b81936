import { existsSync, writeFileSync } from 'node:fs';
import { systemClock } from '#time';
import {
  formatSavedCheck,
  judgeProof,
  judgeReceipt,
  parseProof,
  parseReceipt,
  parseSavedCheck,
  proveInclusion,
  readShown,
  type Judged,
  type PersonVerdict,
  type Policy,
  type Result,
  type SavedCheck,
  type ShownLog,
} from '#transparency';
import { conclude, report } from './report.js';
import { proofFromTiles } from './tiles.js';
import { read, readFrom, trusted, Unreadable, type Trust } from './trust.js';

/** Where a part of the log was declared lost. */
const SINCE_LOSS =
  'what is shown is as it was logged; of the part of the log that was declared lost nobody can say that it is all.';

const RECEIPT: Readonly<Record<PersonVerdict['verdict'], string>> = {
  complete: 'this event is as it was logged.',
  unaltered: 'this event is as it was logged.',
  failed: 'the receipt proves nothing.',
};

const PROOF: Readonly<Record<PersonVerdict['verdict'], string>> = {
  complete: 'nothing was altered and nothing is hidden, on the word of a witness that replays the log.',
  unaltered: 'what is shown is as it was logged; no replaying witness vouches that it is all.',
  failed: 'see the lines that say FAILED.',
};

/** `sillage verify receipt FILE` */
export async function verifyReceipt(
  file: string,
  options: Trust & { readonly caller?: string; readonly log?: string },
): Promise<void> {
  const policy = trusted(options);
  const text = await readFrom(file, options.caller);
  const shown = options.log === undefined ? undefined : await shownBy(options.log, policy, text);
  const asked = { policy, now: systemClock.now(), ...(shown && { shown }) };
  tell(judgeReceipt(text, asked), file, RECEIPT);
}

/** `sillage verify proof FILE` */
export async function verifyProof(
  file: string,
  options: Trust & { readonly person?: string; readonly saved?: string; readonly caller?: string },
): Promise<void> {
  const { person } = options;
  const policy = trusted(options);
  const text = await readFrom(file, options.caller);
  const saved = options.saved !== undefined && existsSync(options.saved) ? savedIn(options.saved) : undefined;
  const asked = { policy, now: systemClock.now(), ...(saved && { saved }), ...(person && { person }) };
  const { save } = tell(judgeProof(text, asked), file, PROOF);
  if (save && options.saved !== undefined) writeFileSync(options.saved, formatSavedCheck(save));
}

/** @throws Unreadable */
function tell(
  judged: Result<Judged>,
  file: string,
  sentences: Readonly<Record<PersonVerdict['verdict'], string>>,
): Judged {
  if (!judged.ok) throw new Unreadable(`${file}: ${judged.reason}.`);
  report(judged.value.checks);
  const { verdict, checks } = judged.value;
  const lost = checks.some((check) => check.name === 'loss' && check.verdict === 'warned');
  conclude(verdict, lost && verdict === 'unaltered' ? SINCE_LOSS : sentences[verdict]);
  return judged.value;
}

/** The log as its server shows it now, with what stands at the receipt's place; from a file without the latter. */
async function shownBy(source: string, policy: Policy, receipt: string): Promise<ShownLog> {
  const base = /^https?:/.test(source) ? source.replace(/\/$/, '') : undefined;
  const shown = readShown(await readFrom(base ? `${base}/v1/log/keys` : source), policy);
  if (!shown.ok) throw new Unreadable(`${source} does not show this log: ${shown.reason}.`);
  const index = indexIn(receipt);
  const { size } = shown.value.log.checkpoint;
  if (!base || index === undefined || index >= size) return shown.value;
  const proof = await proofFromTiles(size, base, (nodes) => proveInclusion(index, size, nodes));
  return { ...shown.value, proof };
}

function indexIn(text: string): number | undefined {
  const receipt = parseReceipt(text);
  const proof = receipt.ok ? parseProof(receipt.value.proof) : receipt;
  return proof.ok ? proof.value.index : undefined;
}

function savedIn(file: string): SavedCheck {
  const saved = parseSavedCheck(read(file));
  if (!saved.ok) throw new Unreadable(`${file}: ${saved.reason}.`);
  return saved.value;
}
