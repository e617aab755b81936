import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answerCalls, callsTo } from './calls.js';

class Refused extends Error {
  override readonly name = 'Refused';
}

class Desk {
  readonly seen: unknown[] = [];
  private ready!: () => void;
  private readonly whenReady = new Promise<void>((resolve) => (this.ready = resolve));

  add(a: number, b: number): number {
    return a + b;
  }

  async keep(what: unknown): Promise<void> {
    this.seen.push(what);
  }

  async wait(): Promise<string> {
    await this.whenReady;
    return 'waited';
  }

  release(): void {
    this.ready();
  }

  refuse(): never {
    throw new Refused('Not today.');
  }

  fail(): never {
    throw new TypeError('Broken.');
  }
}

let ports: readonly [MessagePort, MessagePort];
beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  ports = [port1, port2];
});
afterEach(() => ports[0].close());

describe('calls over a port', () => {
  test('tell what the method tells, whether it waits or not', async () => {
    answerCalls(ports[0], new Desk());
    const desk = callsTo<Desk>(ports[1]);
    expect(await desk.add(1, 2)).toBe(3);
    expect(await desk.keep(1)).toBeUndefined();
  });

  test('wait for a target that is on its way', async () => {
    let arrive!: (desk: Desk) => void;
    answerCalls(ports[0], new Promise<Desk>((resolve) => (arrive = resolve)));
    const told = callsTo<Desk>(ports[1]).add(1, 2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    arrive(new Desk());
    expect(await told).toBe(3);
  });

  test('fail as the target does that never came', async () => {
    answerCalls(ports[0], Promise.reject(new Refused('Not there.')));
    await expect(callsTo<Desk>(ports[1], [Refused]).add(1, 2)).rejects.toThrow('Not there.');
  });

  test('copy bytes, maps and dates', async () => {
    const target = new Desk();
    answerCalls(ports[0], target);
    const given = { bytes: new Uint8Array([1, 2]), map: new Map([['a', [1]]]) };
    await callsTo<Desk>(ports[1]).keep(given);
    expect(target.seen).toEqual([given]);
    expect(target.seen[0]).not.toBe(given);
  });

  test('do not wait for each other', async () => {
    answerCalls(ports[0], new Desk());
    const desk = callsTo<Desk>(ports[1]);
    const waiting = desk.wait();
    expect(await desk.add(2, 2)).toBe(4);
    await desk.release();
    expect(await waiting).toBe('waited');
  });

  test('fail with the class that the caller knows, else with an error of that name', async () => {
    answerCalls(ports[0], new Desk());
    const desk = callsTo<Desk>(ports[1], [Refused]);
    await expect(desk.refuse()).rejects.toThrow(Refused);
    await expect(desk.refuse()).rejects.toThrow('Not today.');
    await expect(desk.fail()).rejects.toMatchObject({ name: 'TypeError', message: 'Broken.' });
  });

  test('fail when the other end closes', async () => {
    answerCalls(ports[0], new Desk());
    const waiting = callsTo<Desk>(ports[1]).wait();
    ports[0].close();
    await expect(waiting).rejects.toThrow('has ended');
  });

  test('go both ways over one port', async () => {
    answerCalls(ports[0], new Desk());
    answerCalls(ports[1], new Desk());
    const [there, here] = [callsTo<Desk>(ports[1]), callsTo<Desk>(ports[0])];
    expect(await Promise.all([there.add(1, 1), here.add(2, 2)])).toEqual([2, 4]);
  });
});
