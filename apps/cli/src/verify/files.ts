import { existsSync, writeFileSync } from 'node:fs';
import { systemClock } from '#time';
import {
  formatSavedCheck,
  judgeProof,
  judgeReceipt,
  parseSavedCheck,
  type Judged,
  type PersonVerdict,
  type Result,
  type SavedCheck,
} from '#transparency';
import { conclude, report } from './report.js';
import { read, readFrom, trusted, Unreadable, type Trust } from './trust.js';

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
  options: Trust & { readonly caller?: string },
): Promise<void> {
  const asked = { policy: trusted(options), now: systemClock.now() };
  tell(judgeReceipt(await readFrom(file, options.caller), asked), file, RECEIPT);
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
  conclude(judged.value.verdict, sentences[judged.value.verdict]);
  return judged.value;
}

function savedIn(file: string): SavedCheck {
  const saved = parseSavedCheck(read(file));
  if (!saved.ok) throw new Unreadable(`${file}: ${saved.reason}.`);
  return saved.value;
}
