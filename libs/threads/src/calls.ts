import type { MessagePort } from 'node:worker_threads';

/** The methods of something at the other end of a port: each answers later. */
export type Remote<Target> = {
  readonly [Name in keyof Target]: Target[Name] extends (...given: infer Given) => infer Told
    ? (...given: Given) => Promise<Awaited<Told>>
    : never;
};

interface Call {
  readonly n: number;
  readonly method: string;
  readonly given: readonly unknown[];
}

interface Answer {
  readonly n: number;
  readonly told?: unknown;
  readonly fault?: { readonly name: string; readonly message: string };
}

type Message = Call | Answer;
type ErrorClass = new (message: string) => Error;
interface Waiting {
  resolve(told: unknown): void;
  reject(fault: Error): void;
}

type Methods = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

/**
 * Lets the other end of the port call the target's methods; what is given and told is copied (structured clone).
 * Both ends of one port may do so, but MUST say so before anything is waited for: a port delivers to who listens.
 * @param target may be on its way: calls wait for it
 */
export function answerCalls(port: MessagePort, target: object | Promise<object>): void {
  const answer = async ({ n, method, given }: Call): Promise<Answer> => {
    try {
      const methods = (await target) as Methods;
      return { n, told: await methods[method]!(...given) };
    } catch (error) {
      const { name, message } = error as Error;
      return { n, fault: { name, message } };
    }
  };
  port.on('message', (message: Message) => {
    if ('method' in message) void answer(message).then((one) => port.postMessage(one));
  });
}

/**
 * What answers calls at the other end of the port.
 * @param errors classes that faults keep, by their names; another is an Error of that name
 */
export function callsTo<Target>(port: MessagePort, errors: readonly ErrorClass[] = []): Remote<Target> {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  port.on('message', (message: Message) => {
    if ('method' in message) return;
    const { resolve, reject } = waiting.get(message.n)!;
    waiting.delete(message.n);
    if (message.fault) reject(revived(message.fault, errors));
    else resolve(message.told);
  });
  port.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The thread that was asked has ended.'));
  });
  const call = (method: string, given: readonly unknown[]) =>
    new Promise((resolve, reject) => {
      const n = calls++;
      waiting.set(n, { resolve, reject });
      port.postMessage({ n, method, given } satisfies Call);
    });
  return new Proxy(Object.create(null) as Remote<Target>, {
    // Not a promise itself, though whoever awaits it would ask for `then`.
    get: (_, method) =>
      method === 'then' ? undefined : (...given: readonly unknown[]) => call(String(method), given),
  });
}

function revived({ name, message }: { name: string; message: string }, errors: readonly ErrorClass[]): Error {
  for (const Kind of errors) {
    const error = new Kind(message);
    if (error.name === name) return error;
  }
  return Object.assign(new Error(message), { name });
}
