import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { answerCalls, callsTo, type Remote } from '#threads';
import { LedgerCut } from './batch.js';
import type { LogKeeper } from './keeper.js';
import { LogDesk } from './log-desk.js';

/** The log as the server sees it, wherever it is kept. */
export class ServedLog {
  /** Set where the ledger lacks what its log has shown: nothing is written then, and nothing may be served. */
  cut: LedgerCut | undefined;
  /** Resolves once that turns out, before or while it is served. */
  readonly whenCut: Promise<LedgerCut>;

  private constructor(
    private readonly port: MessagePort,
    readonly desk: Remote<LogDesk>,
    private readonly ended: Promise<unknown>,
  ) {
    this.whenCut = new Promise((resolve) => {
      const tell = (sentence: string) => resolve((this.cut = new LedgerCut(sentence)));
      // Where the port closes first nobody will ever know.
      desk.whenCut().then(tell, () => {});
    });
  }

  /** Kept in this thread, between other work. */
  static here(keeper: LogKeeper): Promise<ServedLog> {
    const { port1, port2 } = new MessageChannel();
    answerCalls(port1, new LogDesk(keeper));
    return ServedLog.at(port2);
  }

  /**
   * Kept by whoever answers at the other end of the port.
   * @param ended when whoever keeps it has let go of everything
   */
  static async at(port: MessagePort, ended: Promise<unknown> = Promise.resolve()): Promise<ServedLog> {
    const served = new ServedLog(port, callsTo<LogDesk>(port, [LedgerCut]), ended);
    const sentence = await served.desk.cut();
    if (sentence !== undefined) served.cut = new LedgerCut(sentence);
    return served;
  }

  /** Ends after a last checkpoint. */
  async close(): Promise<void> {
    await this.desk.close();
    this.port.close();
    await this.ended;
  }
}
