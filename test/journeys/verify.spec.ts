import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { openDatabase } from '#event-store';
import { systemClock } from '#time';
import { bundlePage, bundleScript } from '../../apps/verifier/bundle/bundle.js';
import { examine, type Chosen } from '../../apps/verifier/src/examine.js';
import { Client } from './client.js';
import { ROOT, type Ended } from './program.js';
import { vectorsOf } from './vectors.js';
import { Witnessed } from './witnessed.js';

const LIMIT_MS = 180_000;
jest.setTimeout(LIMIT_MS);

let ledger: Witnessed;
let client: Client;
let person: string;
/** Of files that the tests work with. */
let at: Witnessed['at'];

beforeAll(async () => {
  ledger = await Witnessed.start();
  ({ client, person, at } = ledger);
}, LIMIT_MS);
afterAll(() => ledger.end());

const verify = (...args: readonly string[]): Promise<Ended> => ledger.verify(...args);
const trust = () => ['--policy', at('policy')];
const verdictOf = ({ out }: Ended) => out.trimEnd().split('\n').at(-1)!.split(':')[0];

describe('sillage verify', () => {
  test('says of a proof that it is complete, on the word of a replaying witness, offline', async () => {
    const ended = await verify('proof', at('proof.json'), ...trust());
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(verdictOf(ended)).toBe('complete');
    expect(ended.out).not.toMatch(/FAILED|warned/);
  });

  test('says unaltered where only the log’s key is trusted', async () => {
    const ended = await verify('proof', at('proof.json'), '--key', readFileSync(at('log.vkey'), 'utf8'));
    expect([ended.code, verdictOf(ended)]).toEqual([0, 'unaltered']);
  });

  test('says the same of good and bad files as the page that runs without Node', async () => {
    const script = await bundleScript(ROOT, 'apps/verifier/src/examine.ts', 'page');
    const engine = createContext({ TextEncoder, TextDecoder, atob, btoa });
    runInContext(script, engine);
    const now = systemClock.now();
    for (const { name, file, trust, saved, person, verdict } of vectorsOf(ledger)) {
      const text = (path: string) => readFileSync(path, 'utf8');
      const chosen = {
        file: text(file),
        trust: text(at(trust)),
        saved: saved && text(saved),
        person,
      } as Chosen;
      const here = examine(chosen, now);
      expect([name, here.verdict]).toEqual([name, verdict]);
      const asked = `JSON.stringify(page.examine(${JSON.stringify(chosen)}, ${JSON.stringify(now)}))`;
      expect([name, JSON.parse(runInContext(asked, engine))]).toEqual([
        name,
        JSON.parse(JSON.stringify(here)),
      ]);
    }
  });

  test('is served with its page, which loads nothing and is framed by nobody', async () => {
    const { status, headers, text } = await client.get('/verify');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
    expect(text).toBe(await bundlePage(ROOT));
  });

  test('remembers a check, and asks for the proof that the log grew', async () => {
    const saved = ['--saved', at('check.json')];
    expect((await verify('proof', at('proof.json'), ...trust(), ...saved)).code).toBe(0);
    const { size } = JSON.parse(readFileSync(at('check.json'), 'utf8')) as { size: number };
    await client.tell('/v1/institutions', { name: 'Service', mission: 'Accompagnement' });
    const other = await client.tell('/v1/persons', {
      givenName: 'Max',
      familyName: 'B',
      birthDate: '1961-05-17',
    });
    const receipt = `/v1/persons/${other['person']}/receipts/${(other['events'] as { id: string }[])[0]!.id}`;
    expect((await client.get(receipt)).status).toBe(200);
    const address = `${client.url}/v1/persons/${person}/proof?reason=audit`;
    expect((await verify('proof', address, ...trust(), ...saved)).code).toBe(1);
    const grown = await verify('proof', `${address}&since=${size}`, ...trust(), ...saved);
    expect([grown.code, verdictOf(grown)]).toEqual([0, 'complete']);
    expect(JSON.parse(readFileSync(at('check.json'), 'utf8'))).not.toMatchObject({ size });
  });

  test('fails a proof that was tampered with, and names the check', async () => {
    const text = readFileSync(at('proof.json'), 'utf8');
    writeFileSync(at('tampered.json'), text.replace('Besnard', 'Bernard'));
    const ended = await verify('proof', at('tampered.json'), ...trust());
    expect([ended.code, verdictOf(ended)]).toEqual([1, 'failed']);
    expect(ended.out).toMatch(/^FAILED +openings .*Event 0 is not what was committed to/m);
  });

  test('checks a receipt, and refuses that of another event', async () => {
    const good = await verify('receipt', at('receipt.json'), ...trust());
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringContaining('PersonRegistered, event 0 of person-'),
    });
    const text = readFileSync(at('receipt.json'), 'utf8');
    writeFileSync(at('other.json'), text.replace('"n": 0', '"n": 1'));
    expect((await verify('receipt', at('other.json'), ...trust())).code).toBe(1);
  });

  test('keeps a checkpoint, and finds the log to continue it', async () => {
    const saved = ['--saved', at('checkpoint'), '--url', client.url];
    const first = await verify('checkpoint', ...trust(), ...saved);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('3 cosigned') });
    await client.tell('/v1/persons', { givenName: 'Zoé', familyName: 'C', birthDate: '1962-05-17' });
    const again = await verify('checkpoint', ...trust(), ...saved);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('is the beginning of that of') });
    expect((await verify('checkpoint', ...trust(), '--saved', at('checkpoint'))).code).toBe(0);
  });

  test('follows the log to its new key, whichever of the two is trusted, from a checkpoint of before', async () => {
    const { proof } = JSON.parse(readFileSync(at('receipt.json'), 'utf8')) as { proof: string };
    for (const key of ['log.vkey', 'next.vkey']) {
      writeFileSync(at('before'), proof.slice(proof.indexOf('\n\n') + 2));
      const asked = ['--key', readFileSync(at(key), 'utf8'), '--saved', at('before'), '--url', client.url];
      const ended = await verify('checkpoint', ...asked);
      expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('is the beginning of that of') });
    }
    const stranger = readFileSync(at('policy'), 'utf8').split('\n')[1]!.split(' ')[2]!;
    const asked = ['--key', stranger, '--saved', at('before'), '--url', client.url];
    expect((await verify('checkpoint', ...asked)).code).toBe(2);
  });

  test('fails a log that does not continue what was kept', async () => {
    const elsewhere = at('elsewhere');
    cpSync(at('data'), elsewhere, { recursive: true });
    // What it has shown it has to forget as well: else it would not serve.
    for (const name of ['ledger.db', 'log.db', 'log.shown', 'read-1.db', 'keys.db', 'root.key'])
      for (const suffix of ['', '-wal', '-shm']) rmSync(join(elsewhere, name + suffix), { force: true });
    const server = await ledger.run(['serve'], { SILLAGE_DATA_DIR: elsewhere });
    const forked = new Client(server.url);
    const told = await forked.tell('/v1/persons', {
      givenName: 'Eva',
      familyName: 'D',
      birthDate: '1963-05-17',
    });
    const receipt = `/v1/persons/${told['person']}/receipts/${(told['events'] as { id: string }[])[0]!.id}`;
    expect((await forked.get(receipt)).status).toBe(200);
    const key = ['--key', readFileSync(at('log.vkey'), 'utf8')];
    const ended = await verify('checkpoint', ...key, '--saved', at('checkpoint'), '--url', server.url);
    expect([ended.code, verdictOf(ended)]).toEqual([1, 'failed']);
  });

  test('compares a ledger with its log while the server runs, and names an edited row', async () => {
    const sound = await verify('ledger', '--data-dir', at('data'), '--saved', at('checkpoint'), ...trust());
    expect([sound.code, sound.err, verdictOf(sound)]).toEqual([0, '', 'unaltered']);
    cpSync(at('data'), at('edited'), { recursive: true });
    const db = openDatabase(join(at('edited'), 'ledger.db'));
    db.exec("UPDATE event SET recorded_at = '2026-01-01T00:00:00.000Z' WHERE type = 'PersonRegistered'");
    db.close();
    const ended = await verify('ledger', '--data-dir', at('edited'));
    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(/^FAILED +position \d+ +Event 0 of person-.*columns or its contents/m);
  });

  test('ends with 2 where it cannot read, and says why in one sentence', async () => {
    writeFileSync(at('nothing'), '{}');
    const asked = [
      verify('proof', at('missing'), ...trust()),
      verify('proof', at('nothing'), ...trust()),
      verify('receipt', at('nothing'), ...trust()),
      verify('proof', at('proof.json')),
      verify('proof', at('proof.json'), '--key', 'nonsense'),
      verify('checkpoint', ...trust(), '--saved', at('missing')),
      verify('checkpoint', ...trust(), '--saved', at('nothing')),
      verify('ledger', '--data-dir', at('missing')),
      verify('ledger'),
    ];
    for (const { code, err } of await Promise.all(asked)) {
      expect(code).toBe(2);
      expect(err).toMatch(/^[^\n]+\n$/);
    }
  });

  test('goes on without witnesses that are down, and /health says it', async () => {
    const [first] = ledger.running;
    first!.child.kill('SIGKILL');
    await first!.ended;
    const told = await client.tell('/v1/persons', {
      givenName: 'Ida',
      familyName: 'E',
      birthDate: '1964-05-17',
    });
    await ledger.download(
      `/v1/persons/${told['person']}/receipts/${(told['events'] as { id: string }[])[0]!.id}`,
      'late.json',
    );
    expect((await verify('receipt', at('late.json'), ...trust())).code).toBe(0);
    const { log } = (await client.get('/health')).body as {
      log: { witnesses: { witness: string; state: string }[] };
    };
    expect(log.witnesses.map(({ witness, state }) => `${witness} ${state}`)).toEqual([
      'w1.example unreachable',
      'w2.example cosigned',
      'w3.example cosigned',
    ]);
  });
});
