import { afterEach, describe, expect, it } from '@jest/globals';
import { openKurrentStore, START, StorageFailed } from '#event-store';
import { closeAll, errorOf, startNode } from './naive.js';

afterEach(closeAll);

const open = (url: string) => errorOf(openKurrentStore(url, { patienceMs: 300 }));

describe('opening a ledger in a cluster', () => {
  it.each([
    ['is no address at all', 'http://127.0.0.1:2113'],
    ['names no host', 'esdb://?tls=false'],
    ['has a port that is none', 'esdb://127.0.0.1:port?tls=false'],
    ['says nobody where the server asks who we are', 'esdb://127.0.0.1:2113'],
    [
      'asks for the discovery of several hosts, of which one would be asked',
      'esdb+discover://a:1,b:2?tls=false',
    ],
    ['asks for that in the words of version 25', 'kurrentdb+discover://a:1,b:2?tls=false'],
    ['has a setting that cannot be', 'esdb://127.0.0.1:2113?tls=false&nodePreference=nearest'],
    ['has a certificate that is not there', 'esdb://a:secret-word@127.0.0.1:2113?tlsCAFile=/absent.pem'],
  ])('is refused in one sentence when the address %s', async (_, url) => {
    const error = await open(url);
    expect(error).toBeInstanceOf(StorageFailed);
    expect(error!.message).toMatch(/^[^\n]+\.$/);
    expect(error!.message).not.toContain('secret-word');
  });

  it('takes the scheme that the makers write since version 25', async () => {
    const node = await startNode();
    const store = await openKurrentStore(node.url.replace('esdb:', 'kurrentdb:'));
    expect(await store.end()).toBe(START);
    await store.close();
  });

  it('is refused in one sentence that names the hosts when nobody answers', async () => {
    const node = await startNode();
    node.stop();
    const error = await open(node.url);
    expect(error).toBeInstanceOf(StorageFailed);
    expect(error!.message).toBe(`The event store at ${node.address} does not answer.`);
  });

  it('is refused when our account is not let in', async () => {
    const node = await startNode();
    node.refusesEveryone = true;
    const error = await open(node.url);
    expect(error).toBeInstanceOf(StorageFailed);
    expect(error!.message).toBe(`The event store at ${node.address} refuses our service account.`);
  });

  it('waits for one call before it hands the store out: on a cold client calls overtake each other', async () => {
    const node = await startNode();
    const store = await openKurrentStore(node.url);
    expect(node.calls).toEqual(['read']);
    await store.close();
    await expect(store.end()).rejects.toThrow('The event store is closed.');
  });
});
