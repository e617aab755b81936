import type { Clock } from '#time';
import {
  addSignatures,
  formatCheckpoint,
  formatNote,
  parseCheckpoint,
  parseNote,
  proveConsistency,
  rangeAt,
  rootOf,
  signatureLine,
  type Policy,
  type Signer,
} from '#transparency';
import type { LogStore } from './log-store.js';
import { WitnessClient, type WitnessState } from './witness-client.js';

const PUBLISHED = 'published';

/** A checkpoint as it is served. */
export interface Published {
  readonly note: string;
  readonly size: number;
}

/** Signs the log's checkpoints, has them cosigned, and keeps the newest for whoever asks. */
export class Publisher {
  private readonly witnesses: readonly WitnessClient[];
  private current: Published | undefined;

  constructor(
    private readonly log: LogStore,
    readonly signer: Signer,
    readonly policy: Policy | undefined,
    clock: Clock,
  ) {
    this.witnesses = policy
      ? [...policy.urls].map(([witness, url]) => new WitnessClient(witness, url, policy, clock))
      : [];
    this.current = readPublished(log, signer.key.name);
    log.keepMap = this.current && this.current.size - 1;
  }

  get published(): Published | undefined {
    return this.current;
  }

  get states(): readonly WitnessState[] {
    return this.witnesses.map(({ state }) => state);
  }

  /** The widest that our clock and a witness's are apart, ms; 0 while that is within bounds. */
  get clockOffMs(): number {
    return this.witnesses.reduce((worst, { clockOffMs }) => Math.max(worst, Math.abs(clockOffMs)), 0);
  }

  /** Signs the newest map entry's checkpoint, unless it is the one that is served. Witnesses have five seconds. */
  async publish(): Promise<void> {
    const { lastMap } = this.log;
    const size = lastMap ? lastMap.size + 1 : 0;
    if (size === 0 || size === this.current?.size) return;
    const root = rootOf(rangeAt(size, this.log));
    const text = formatCheckpoint({ origin: this.signer.key.name, size, root });
    const note = formatNote(text, [signatureLine(text, this.signer)]);
    const consistency = (oldSize: number) => proveConsistency(oldSize, size, this.log);
    const asked = this.witnesses.map((witness) => witness.cosign({ note, size, consistency }));
    const lines = (await Promise.all(asked)).flat();
    this.current = { note: addSignatures(note, lines), size };
    this.log.setMeta(PUBLISHED, this.current.note);
    this.log.keepMap = size - 1;
  }
}

/** What was served before a restart goes on being served: its cosignatures are kept nowhere else. */
function readPublished(log: LogStore, origin: string): Published | undefined {
  const note = log.meta(PUBLISHED);
  const parsed = note === undefined ? undefined : parseNote(note);
  if (note === undefined || !parsed?.ok) return undefined;
  const checkpoint = parseCheckpoint(parsed.value.text);
  if (!checkpoint.ok || checkpoint.value.origin !== origin) return undefined;
  return { note, size: checkpoint.value.size };
}
