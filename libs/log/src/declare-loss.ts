import { epochMs, type Clock } from '#time';
import { isKeyName, rangeAt, rootOf, sameBytes, type Checkpoint, type LossEntry } from '#transparency';
import type { Integrator } from './integrator.js';
import type { LogKeys } from './log-keys.file.js';
import type { LogStore } from './log-store.js';

/** A loss that cannot be declared like this, said in one sentence. */
export class LossRefused extends Error {
  override readonly name = 'LossRefused';
}

export interface LossRequest {
  /** The last checkpoint that the log has shown. */
  readonly shown: Checkpoint;
  /** The name under which the log goes on. */
  readonly newOrigin: string;
  /** How many of the log's entries are those of before; needed where others were recorded in place of what is lost. */
  readonly kept?: number | undefined;
}

/** What a declaration says: of `shown.size` entries the first `kept` are here. */
export type PlannedLoss = Required<LossRequest> & { readonly kept: number };

/** What a declaration would say. @throws LossRefused */
export function planLoss(log: LogStore, keys: LogKeys, request: LossRequest): PlannedLoss {
  const { shown, newOrigin } = request;
  const origin = keys.origin(log);
  if (shown.origin !== origin)
    throw new LossRefused(`The log of this ledger is ${origin}: the checkpoint is one of ${shown.origin}.`);
  const names = [origin, ...log.losses.map(({ oldOrigin }) => oldOrigin)];
  if (!isKeyName(newOrigin)) throw new LossRefused(`${JSON.stringify(newOrigin)} can be no name of a log.`);
  if (names.includes(newOrigin))
    throw new LossRefused(`The log was called ${newOrigin} before: it needs a name that nobody knows yet.`);
  return { shown, newOrigin, kept: keptOf(log, request) };
}

/**
 * Declares that what the log has shown and this ledger lacks is lost: one append, after which the log goes on under its
 * new name. Declared already, by whomever, nothing is written. @throws LossRefused, KeyMissing, and what the store throws
 */
export async function declareLoss(
  integrator: Integrator,
  keys: LogKeys,
  clock: Clock,
  request: LossRequest,
): Promise<LossEntry> {
  const { log } = integrator;
  await integrator.catchUp();
  for (;;) {
    const declared = declaredLoss(log, request);
    if (declared) return declared;
    const { shown, newOrigin, kept } = planLoss(log, keys, request);
    const [signer] = keys.signers(log, epochMs(clock.now()));
    const { origin: oldOrigin, size: oldSize, root: oldRoot } = shown;
    await integrator.declareLoss(signer!, { kept, oldOrigin, oldSize, oldRoot, newOrigin });
  }
}

/** The declaration that the log holds of this very loss. */
function declaredLoss(
  { losses }: Pick<LogStore, 'losses'>,
  { shown, newOrigin }: Pick<LossRequest, 'shown' | 'newOrigin'>,
): LossEntry | undefined {
  return losses.find(
    (loss) =>
      loss.newOrigin === newOrigin &&
      loss.oldOrigin === shown.origin &&
      loss.oldSize === shown.size &&
      sameBytes(loss.oldRoot, shown.root),
  );
}

function keptOf(log: LogStore, { shown, kept }: LossRequest): number {
  const { size } = log.range;
  const isShort = shown.size > size;
  if (!isShort && sameBytes(rootOf(rangeAt(shown.size, log)), shown.root))
    throw new LossRefused(
      'The log of this ledger holds all that the checkpoint covers: there is no loss to declare.',
    );
  if (kept === undefined && !isShort)
    throw new LossRefused(
      'Others were recorded in place of what is lost: say how many of the first entries are those of before (--kept).',
    );
  const claimed = kept ?? size;
  if (!Number.isSafeInteger(claimed) || claimed < 0 || claimed > size || claimed >= shown.size)
    throw new LossRefused(
      `--kept is a number of entries that are here (${size} at most) and fewer than were shown.`,
    );
  return claimed;
}
