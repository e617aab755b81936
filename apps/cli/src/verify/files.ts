import { existsSync, writeFileSync } from 'node:fs';
import { streamKey, streamKind, streamName, type StreamName } from '#decider';
import { systemClock } from '#time';
import {
  checkPerson,
  checkReceipt,
  formatSavedCheck,
  parseProofFile,
  parseReceipt,
  parseSavedCheck,
  type PersonVerdict,
  type ProofBundle,
  type SavedCheck,
} from '#transparency';
import { conclude, report, say } from './report.js';
import { read, readFrom, trusted, Unreadable, type Trust } from './trust.js';

const SENTENCES: Readonly<Record<PersonVerdict['verdict'], string>> = {
  complete: 'nothing was altered and nothing is hidden, on the word of a witness that replays the log.',
  unaltered: 'what is shown is as it was logged; no replaying witness vouches that it is all.',
  failed: 'see the lines that say FAILED.',
};

/** `sillage verify receipt FILE` */
export async function verifyReceipt(
  file: string,
  options: Trust & { readonly caller?: string },
): Promise<void> {
  const policy = trusted(options);
  const receipt = parseReceipt(await readFrom(file, options.caller));
  if (!receipt.ok) throw new Unreadable(`${file}: ${receipt.reason}.`);
  const { type, stream, n, recordedAt } = receipt.value.event;
  const checked = checkReceipt(receipt.value, policy);
  if (!checked.ok) {
    say('failed', 'receipt', `It was refused because ${checked.reason}.`);
    return conclude('failed', 'the receipt proves nothing.');
  }
  const { checkpoint, cosignatures } = checked.value;
  say(
    'passed',
    'openings',
    `${type}, event ${n} of ${stream}, recorded ${recordedAt}, is what was committed to.`,
  );
  say('passed', 'inclusion', `It is in the log ${checkpoint.origin} of ${checkpoint.size} entries.`);
  const count = cosignatures.length;
  say(count > 0 ? 'passed' : 'warned', 'witnesses', `${count} witnesses cosigned.`);
  conclude('unaltered', 'this event is as it was logged.');
}

/** `sillage verify proof FILE` */
export async function verifyProof(
  file: string,
  options: Trust & { readonly person?: string; readonly saved?: string; readonly caller?: string },
): Promise<void> {
  const policy = trusted(options);
  const bundle = parseProofFile(await readFrom(file, options.caller));
  if (!bundle.ok) throw new Unreadable(`${file}: ${bundle.reason}.`);
  const person = options.person ?? personOf(bundle.value, file);
  say('passed', 'person', `The file is read as that of the person ${person}.`);
  const streams = streamsOf(person);
  const saved = options.saved !== undefined && existsSync(options.saved) ? savedIn(options.saved) : undefined;
  const context = { policy, streams, now: systemClock.now(), ...(saved && { saved }) };
  const { verdict, checks, save } = checkPerson(bundle.value, context);
  report(checks);
  conclude(verdict, SENTENCES[verdict]);
  if (save && options.saved !== undefined) writeFileSync(options.saved, formatSavedCheck(save));
}

function streamsOf(person: string): readonly StreamName[] {
  return [streamName('person', person), streamName('access', person)];
}

function personOf({ streams }: ProofBundle, file: string): string {
  const own = streams.find(({ stream }) => streamKind(stream) === 'person');
  if (!own) throw new Unreadable(`${file} names no person: say whose it is with --person.`);
  return streamKey(own.stream);
}

function savedIn(file: string): SavedCheck {
  const saved = parseSavedCheck(read(file));
  if (!saved.ok) throw new Unreadable(`${file}: ${saved.reason}.`);
  return saved.value;
}
