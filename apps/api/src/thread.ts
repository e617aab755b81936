import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';

export interface Thread<Opened> {
  readonly worker: Worker;
  readonly opened: Opened;
}

/**
 * Starts a thread from a compiled file, with a port to talk to it over among its data. One that fails while it is
 * opened fails that; one that fails later takes the process with it, as any fault that nobody caught.
 * @param open with this end of the port, and when the thread will have ended
 */
export async function startThread<Data extends object, Opened>(
  file: URL,
  data: Data,
  open: (port: MessagePort, ended: Promise<unknown>) => Promise<Opened>,
): Promise<Thread<Opened>> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(file, { workerData: { ...data, port: port1 }, transferList: [port1] });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const failed = new Promise<never>((_, reject) => worker.once('error', reject));
  try {
    const opened = await Promise.race([open(port2, ended), failed]);
    worker.removeAllListeners('error');
    return { worker, opened };
  } catch (error) {
    port2.close();
    await worker.terminate();
    throw error;
  }
}
