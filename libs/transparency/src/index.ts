export { base64, base64url, parseBase64, parseBase64url, parseDecimal, sameBytes } from './bytes.js';
export { sha256, type Hash } from './crypto.js';
export type { Result } from './result.js';

export { EMPTY_ROOT, leafHash, nodeHash } from './merkle/hashes.js';
export {
  appendLeaves,
  EMPTY_RANGE,
  rangeAt,
  rootOf,
  type CompactRange,
  type NodeReader,
  type TreeNode,
} from './merkle/tree.js';
export { proveConsistency, proveInclusion } from './merkle/prove.js';
export { verifyConsistency, verifyInclusion, type Consistency, type Inclusion } from './merkle/verify.js';
export {
  newTiles,
  nodesFromTiles,
  parseTile,
  parseTilePath,
  TILE_WIDTH,
  tileBytes,
  tilePath,
  tileWidth,
  type Tile,
} from './merkle/tiles.js';
export { entryBundle, MAX_ENTRY_BYTES, parseEntryBundle } from './merkle/bundle.js';

export {
  COSIGNATURE_V1,
  ED25519,
  formatVerifierKey,
  isKeyName,
  messageOf,
  parseVerifierKey,
  signerOf,
  verifierKey,
  type SignatureType,
  type Signer,
  type VerifierKey,
} from './notes/keys.js';
export {
  addSignatures,
  cosignatureLine,
  formatNote,
  openNote,
  parseNote,
  signatureLine,
  type NoteSignature,
  type OpenedNote,
  type ParsedNote,
} from './notes/note.js';
export {
  formatCheckpoint,
  openCheckpoint,
  originOf,
  parseCheckpoint,
  type Checkpoint,
  type LogPolicy,
  type OpenedCheckpoint,
  type WitnessKey,
} from './notes/checkpoint.js';
export { keyPolicy, parsePolicy, type Policy } from './notes/policy.js';
export { formatProof, parseProof, verifyProof, type TlogProof } from './notes/tlog-proof.js';

export {
  labelBytes,
  labelOf,
  parseLabel,
  sealingContext,
  type Label,
  type LabelHead,
  type LabelState,
} from './log/label.js';
export { canonical, canonicalJson, canonicalText } from './log/canonical.js';
export {
  commitmentOf,
  commitmentTo,
  opens,
  parseStoredBody,
  storedBody,
  type CommittedColumns,
  type CommittedEvent,
  type Opening,
} from './log/commitment.js';
export {
  NO_PREVIOUS,
  type DeferralMark,
  type ErasureEntry,
  type EventEntry,
  type KeysEntry,
  type LogEntry,
  type LossEntry,
  type MapEntry,
} from './log/entry.js';
export { encodeEntry, keysEntry, lossEntry, verifyKeysEntry, type Loss } from './log/encode-entry.js';
export { parseEntry } from './log/parse-entry.js';
export {
  batchesOf,
  batchId,
  integrate,
  ERASURES_STREAM,
  LOG_STREAM,
  type Integration,
  type StoredEvent,
} from './log/integrate.js';
export { nextMapEntry, pendingMap, type LogChanges, type LogState, type PendingMap } from './log/state.js';
export { extendLog } from './log/extend.js';
export { MemoryLog } from './log/memory-log.js';

export { bucketContents, bucketOf, readBucket, stateHash, type BucketAnswer } from './map/bucket.js';
export {
  BUCKETS,
  changedMapNodes,
  EMPTY_SUBTREES,
  mapRoot,
  proveBucket,
  verifyBucket,
  type MapReader,
} from './map/map.js';

export { denied, lossBehind, lossSentence } from './check/earlier-checks.js';
export { deferralRevealedBy } from './check/revealed.js';
export { checkPerson } from './check/check-person.js';
export { formatSavedCheck, parseSavedCheck } from './check/saved-file.js';
export {
  judgeFile,
  judgeProof,
  judgeReceipt,
  readSaved,
  readShown,
  type Asked,
  type Judged,
  type ShownLog,
} from './check/judge.js';
export { checkReceipt } from './check/check-receipt.js';
export {
  formatKeysFile,
  formatProofFile,
  formatReceipt,
  isKeysFile,
  parseKeysFile,
  parseProofFile,
  parseReceipt,
  type KeysFile,
  type Receipt,
} from './check/files.js';
export { asOf, keyAt, newestKey, openLog, renamed, type OpenedLog } from './check/open-log.js';
export { replayCheckpoint, type Replay } from './check/replay-checkpoint.js';
export type {
  Check,
  CheckContext,
  CheckName,
  History,
  PersonVerdict,
  ProofBundle,
  ProvedEntry,
  ProvedEvent,
  SavedCheck,
  StreamProof,
} from './check/bundle.js';
