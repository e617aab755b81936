import type { Instant } from '#decider';
import { epochMs, instantOf } from '#time';
import type { MapEntry } from '../log/entry.js';
import { parseEntry } from '../log/parse-entry.js';
import { leafHash } from '../merkle/hashes.js';
import { verifyInclusion } from '../merkle/verify.js';
import type { Checkpoint, LogPolicy, OpenedCheckpoint } from '../notes/checkpoint.js';
import type { Check, ProofBundle, ProvedEntry, SavedCheck } from './bundle.js';

const FRESH_MS = 24 * 60 * 60 * 1000;

/** Whether enough witnesses cosigned. With a quorum of 0 nothing is asked for, and the person is told so. */
export function checkWitnesses({ cosignatures }: OpenedCheckpoint, { quorum }: LogPolicy): Check {
  const count = cosignatures.length;
  if (count < quorum)
    return {
      name: 'witnesses',
      verdict: 'failed',
      sentence: `Only ${count} of the ${quorum} witnesses asked for have cosigned this checkpoint.`,
    };
  if (count === 0)
    return {
      name: 'witnesses',
      verdict: 'warned',
      sentence: 'No witness cosigned this checkpoint, so others may have been shown another log.',
    };
  return {
    name: 'witnesses',
    verdict: 'passed',
    sentence: `Independent witnesses (${count}) saw this checkpoint.`,
  };
}

/** Whether a witness that recomputes the whole log vouches for it. */
export function isReplayed({ cosignatures }: OpenedCheckpoint): boolean {
  return cosignatures.some(({ witness }) => witness.replays);
}

export function checkReplay(opened: OpenedCheckpoint): Check {
  return isReplayed(opened)
    ? {
        name: 'replay',
        verdict: 'passed',
        sentence: 'A witness recomputed the whole log before it cosigned.',
      }
    : {
        name: 'replay',
        verdict: 'warned',
        sentence: 'No witness that recomputes the whole log has cosigned.',
      };
}

export function checkFreshness({ cosignatures }: OpenedCheckpoint, now: Instant): Check {
  const newestMs = Math.max(...cosignatures.map(({ timestampS }) => timestampS * 1000));
  if (cosignatures.length === 0)
    return { name: 'freshness', verdict: 'skipped', sentence: 'There is no cosignature to date it by.' };
  if (newestMs < epochMs(now) - FRESH_MS)
    return {
      name: 'freshness',
      verdict: 'warned',
      sentence: `The newest cosignature is more than 24 hours old (${instantOf(newestMs)}).`,
    };
  return { name: 'freshness', verdict: 'passed', sentence: 'A witness cosigned within the last 24 hours.' };
}

/** That the checkpoint's last leaf is the map over all entries before it. */
export function checkMapEntry(
  checkpoint: Checkpoint,
  proved: ProvedEntry,
): { readonly check: Check; readonly map?: MapEntry } {
  const name = 'map-entry';
  const map = provedMap(checkpoint, proved);
  if (map === undefined || proved.index !== checkpoint.size - 1)
    return {
      check: { name, verdict: 'failed', sentence: 'The last entry of the checkpoint is not its map entry.' },
    };
  return { check: { name, verdict: 'passed', sentence: `The map is the one of ${map.at}.` }, map };
}

/** The times by which events are dated: every map entry of the file that is in the log. */
export function checkNeighbours(
  checkpoint: Checkpoint,
  bundle: ProofBundle,
): { readonly check: Check; readonly maps: readonly MapEntry[] } {
  const name = 'neighbours';
  const maps = bundle.neighbours.map((proved) => provedMap(checkpoint, proved));
  if (!maps.every((map) => map !== undefined))
    return {
      check: { name, verdict: 'failed', sentence: 'A map entry of the file is not in the log.' },
      maps: [],
    };
  return {
    check: { name, verdict: 'passed', sentence: 'The map entries of the file are in the log.' },
    maps,
  };
}

/** The saved check dates entries too: what was logged after it cannot have been recorded long before it. */
export function savedTime(saved: SavedCheck | undefined): readonly Pick<MapEntry, 'size' | 'at'>[] {
  return saved?.at === undefined ? [] : [{ size: saved.size - 1, at: saved.at }];
}

function provedMap({ size, root }: Checkpoint, { index, entry, proof }: ProvedEntry): MapEntry | undefined {
  if (!verifyInclusion({ index, size, leaf: leafHash(entry), proof, root })) return undefined;
  const parsed = parseEntry(entry);
  if (!parsed.ok || parsed.value.kind !== 'map' || parsed.value.size !== index) return undefined;
  return parsed.value;
}
