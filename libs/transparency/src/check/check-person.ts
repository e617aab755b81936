import type { StreamName } from '#decider';
import type { LabelHead } from '../log/label.js';
import type { Check, CheckContext, PersonVerdict, ProofBundle } from './bundle.js';
import {
  checkFreshness,
  checkMapEntry,
  checkNeighbours,
  checkReplay,
  checkWitnesses,
  isReplayed,
  savedTime,
} from './checkpoint-checks.js';
import { checkEarlier, checkLosses, lossBehind } from './earlier-checks.js';
import { openLog } from './open-log.js';
import { deferralRevealedBy } from './revealed.js';
import { checkStream } from './stream-checks.js';
import { checkTimes, LogTimes } from './time-checks.js';

/**
 * Everything a person can check about their part of the log, offline, trusting only the keys of the policy. Every
 * step is a named check; the file is taken as hostile.
 */
export function checkPerson(bundle: ProofBundle, context: CheckContext): PersonVerdict {
  const { policy, now, saved } = context;
  const opened = openLog(bundle.checkpoint, policy, bundle);
  if (!opened.ok) return conclude([refused(`The checkpoint is refused: ${opened.reason}.`)]);
  const { checkpoint } = opened.value;
  const signed: Check = {
    name: 'checkpoint',
    verdict: 'passed',
    sentence: `The log ${checkpoint.origin} signed a checkpoint of ${checkpoint.size} entries.`,
  };
  const { check: mapCheck, map } = checkMapEntry(checkpoint, bundle.map);
  const checks = [
    signed,
    checkWitnesses(opened.value, policy),
    checkReplay(opened.value),
    checkFreshness(opened.value, now),
    checkEarlier(opened.value, bundle, saved),
    mapCheck,
  ];
  if (map === undefined) return conclude([...checks, skippedStreams()]);
  const { check, maps } = checkNeighbours(checkpoint, bundle);
  const lost = saved !== undefined && lossBehind(opened.value, saved) !== undefined;
  const times = new LogTimes([...(lost ? [] : savedTime(saved)), map, ...maps]);
  const vouched = isReplayed(opened.value) || !policy.witnesses.some(({ replays }) => replays);
  const heads = new Map<StreamName, LabelHead>();
  checks.push(check, checkStreams(bundle, context, lost));
  for (const proof of bundle.streams) {
    const { checks: found, head } = checkStream(proof, checkpoint, map, {
      head: saved?.heads.get(proof.stream),
      lost,
    });
    checks.push(...found, ...checkTimes(proof, times, vouched));
    heads.set(proof.stream, head);
  }
  const survived = checks.every(({ name, verdict }) => name !== 'earlier-events' || verdict === 'passed');
  const { size, root, origin } = checkpoint;
  checks.push(...checkLosses(opened.value, map, saved, survived));
  return conclude(checks, { size, root, origin, at: map.at, heads, key: opened.value.key.publicKey });
}

/**
 * That the file is about the person's streams: all of them, each once, no other, none of an earlier check lost, unless
 * the log declares it as `lost`.
 */
function checkStreams(bundle: ProofBundle, { streams, saved }: CheckContext, lost: boolean): Check {
  const name = 'streams';
  const shown = bundle.streams.map(({ stream }) => stream);
  const due = new Set([...streams, ...revealedIn(bundle, streams)]);
  const own = new Set([...due, ...(saved?.heads.keys() ?? [])]);
  const hidden = [...(lost ? due : own)].find((stream) => !shown.includes(stream));
  if (hidden !== undefined)
    return { name, stream: hidden, verdict: 'failed', sentence: 'The file leaves out one of your streams.' };
  const foreign = shown.find((stream) => !own.has(stream));
  if (foreign !== undefined)
    return {
      name,
      stream: foreign,
      verdict: 'failed',
      sentence: 'The file shows a stream that is not yours.',
    };
  return new Set(shown).size < shown.length
    ? { name, verdict: 'failed', sentence: 'The file shows a stream twice.' }
    : { name, verdict: 'passed', sentence: 'The file is about your streams, all of them.' };
}

/** Deferrals that have ended are named by the person's own stream: from then on they belong to the file. */
function revealedIn({ streams: shown }: ProofBundle, own: readonly StreamName[]): readonly StreamName[] {
  return shown
    .filter(({ stream }) => own.includes(stream))
    .flatMap(({ events }) => events.flatMap(({ event }) => deferralRevealedBy(event) ?? []));
}

function conclude(checks: readonly Check[], save?: PersonVerdict['save']): PersonVerdict {
  if (checks.some(({ verdict }) => verdict === 'failed')) return { verdict: 'failed', checks };
  const replayed = checks.some(({ name, verdict }) => name === 'replay' && verdict === 'passed');
  const lost = checks.some(({ name, verdict }) => name === 'loss' && verdict === 'warned');
  return { verdict: replayed && !lost ? 'complete' : 'unaltered', checks, ...(save && { save }) };
}

function refused(sentence: string): Check {
  return { name: 'checkpoint', verdict: 'failed', sentence };
}

function skippedStreams(): Check {
  const sentence = 'Without a map nothing can be said about your streams.';
  return { name: 'streams', verdict: 'skipped', sentence };
}
