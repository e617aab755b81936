import type { status } from '@grpc/grpc-js';
import type { Verdict } from './server-log.js';

/** One append as a fault sees it. */
export interface AppendCall {
  /** Stores the events, as the real server would have done by then. */
  store(): Verdict;
  answer(verdict: Verdict): void;
  fail(code: status, details: string, exception?: string): void;
}

/** What goes wrong with one append. Each was observed on a real server 23.10.7. */
export type AppendFault = (call: AppendCall) => void;

const [ABORTED, INTERNAL, UNAVAILABLE] = [10, 13, 14];

/** The node is frozen: nothing is stored, nothing is answered. */
export const hang: AppendFault = () => {};

export const unavailable: AppendFault = ({ fail }) => fail(UNAVAILABLE, 'Server Is Not Ready');

/** SIGTERM in the midst of an append: it fails although it was stored. */
export const storedThenReset: AppendFault = ({ store, fail }) => {
  store();
  fail(INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)');
};

/** The leader was slow, not absent: what a follower forwarded commits later. */
export const forwardingTimeout: AppendFault = ({ store, fail }) => {
  fail(ABORTED, 'Forwarding timeout');
  setTimeout(store, 20);
};

/** A leader without a quorum: it tells of events that no read shows, and that may vanish. */
export const ghostConflict =
  (actual: number): AppendFault =>
  ({ answer }) =>
    answer({ kind: 'wrong', actual });

/** A deposed leader waits in vain for its followers. */
export const commitTimeout: AppendFault = ({ fail }) => fail(ABORTED, 'Commit phase timeout');
