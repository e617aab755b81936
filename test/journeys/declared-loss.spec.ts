import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, runInContext } from 'node:vm';
import { openDatabase } from '#event-store';
import { systemClock } from '#time';
import { bundleScript } from '../../apps/verifier/bundle/bundle.js';
import { examine, type Chosen } from '../../apps/verifier/src/examine.js';
import { expectProblem } from './expect-problem.js';
import { ROOT, type Ended } from './program.js';
import { Witnessed } from './witnessed.js';

const LIMIT_MS = 240_000;
jest.setTimeout(LIMIT_MS);
const AGAIN = 'again.example/log';
const LEA = { givenName: 'Léa', familyName: 'Besnard', birthDate: '1960-05-17' };

let ledger: Witnessed;
let at: Witnessed['at'];
/** Registered and not yet erased when the copy of the ledger was made to which it falls back. */
let erased: string;

const declare = (...more: readonly string[]) => ledger.command(['declare-loss', '--origin', AGAIN, ...more]);
const verify = (...args: readonly string[]): Promise<Ended> => ledger.verify(...args);
const lastLine = ({ out }: Ended) => out.trimEnd().split('\n').at(-1)!;
const read = (name: string) => readFileSync(at(name), 'utf8');
const proofOf = (person: string) => `/v1/persons/${person}/proof`;

async function registered(name: string): Promise<{ readonly id: string; readonly event: string }> {
  const told = await ledger.client.tell('/v1/persons', { ...LEA, givenName: name });
  const [event] = told['events'] as { id: string }[];
  return { id: told['person'] as string, event: event!.id };
}

/** The ledger file alone, as a backup has it. */
function put(from: string, to: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(to + suffix, { force: true });
  copyFileSync(from, to);
}

/** Three witnesses have seen a log whose ledger is then put back from an older copy. */
beforeAll(async () => {
  ledger = await Witnessed.start();
  ({ at } = ledger);
  erased = (await registered('Ida')).id;
  await ledger.stop();
  put(at('data/ledger.db'), at('early.db'));
  await ledger.serve();
  await ledger.client.tell(`/v1/persons/${ledger.person}/legal-holds`, { ground: 'procès en cours' });
  const max = await registered('Max');
  await ledger.download(`/v1/persons/${max.id}/receipts/${max.event}`, 'lost.json');
  await ledger.client.tell(`/v1/persons/${erased}/erasure`, { groundsToKeep: [] });
  await ledger.client.tell(`/v1/persons/${erased}/erasure/completion`, {});
  await ledger.download(proofOf(ledger.person), 'before.json');
  await verify('proof', at('before.json'), '--saved', at('check.json'), '--policy', at('policy'));
  const kept = ['--saved', at('checkpoint'), '--policy', at('policy')];
  await verify('checkpoint', ...kept, '--url', ledger.client.url);
  await ledger.stop();
  put(at('early.db'), at('data/ledger.db'));
}, LIMIT_MS);
afterAll(() => ledger.end());

const rowsOfErased = () => {
  const db = openDatabase(at('data/ledger.db'), { readOnly: true });
  const { n } = db.prepare('SELECT count(*) AS n FROM event WHERE stream = ?').get(`person-${erased}`) as {
    n: number;
  };
  db.close();
  return n;
};

describe('a ledger whose end is lost', () => {
  test('serves its health alone, and no loss is declared by mistake', async () => {
    await ledger.serve();
    expect((await ledger.client.get('/health')).body).toMatchObject({ status: 'ledger-cut' });
    expectProblem(await ledger.client.get('/checkpoint'), 503, 'ledger-cut');
    await ledger.stop();
    for (const [args, sentence] of [
      [
        [],
        /^Nothing was declared yet: of the \d+ entries that ledger.example\/log has shown, the first \d+ are/,
      ],
      [['--confirm', '--origin', 'ledger.example/log'], /needs a name that nobody knows yet/],
      [['--confirm', '--checkpoint', at('none')], /none cannot be read/],
      [['--confirm', '--erased', at('none')], /none cannot be read/],
    ] as const) {
      const { code, err } = await declare(...args);
      expect([code === 0, err.trim().split('\n').length]).toEqual([false, 1]);
      expect(err).toMatch(sentence);
    }
    expect(rowsOfErased()).toBeGreaterThan(0);
  });

  test('cannot be declared to have shown less than a witness has seen', async () => {
    cpSync(at('data'), at('forgetful'), { recursive: true });
    rmSync(at('forgetful/log.shown'));
    const { proof } = JSON.parse(read('lost.json')) as { proof: string };
    writeFileSync(at('older'), proof.slice(proof.indexOf('\n\n') + 2));
    const args = ['declare-loss', '--origin', AGAIN, '--checkpoint', at('older'), '--confirm'];
    const { code, err } = await ledger.command(args, ledger.environment('policy', 'forgetful'));
    expect([code, err]).toEqual([1, expect.stringMatching(/^A witness has seen \d+ entries [^\n]*\.\n$/)]);
  });

  test('is seen to be declared falsely by whoever holds more than the declaration admits', async () => {
    const alone = { SILLAGE_DATA_DIR: at('forgetful'), PORT: '0' };
    const args = ['declare-loss', '--origin', AGAIN, '--checkpoint', at('older'), '--confirm'];
    expect((await ledger.command(args, alone)).code).toBe(0);
    const { url, child, ended } = await ledger.run(['serve'], alone);
    while ((await fetch(`${url}/checkpoint`)).status !== 200) await sleep(50);
    const key = ['--key', read('next.vkey')];
    const kept = await verify('checkpoint', ...key, '--saved', at('checkpoint'), '--url', url);
    expect([kept.code, lastLine(kept).split(':')[0]]).toEqual([1, 'failed']);
    expect(kept.out).toMatch(/^FAILED +earlier-checkpoint .*: the declaration is false\.$/m);
    const proof = await verify(
      'proof',
      `${url}${proofOf(ledger.person)}?reason=audit`,
      ...key,
      '--saved',
      at('check.json'),
    );
    expect([proof.code, lastLine(proof).split(':')[0]]).toEqual([1, 'failed']);
    child.kill('SIGTERM');
    await ended;
  });

  test('goes on where a declaration was cut off, and is declared once', async () => {
    const copy = ledger.environment('policy', 'crashed');
    cpSync(at('data'), at('crashed'), { recursive: true });
    for (const name of ['read-1.db', 'reactions.db', 'log.db'])
      for (const suffix of ['', '-wal', '-shm']) rmSync(at(`crashed/${name}`) + suffix, { force: true });
    const args = ['declare-loss', '--origin', AGAIN, '--confirm'];
    const told = await ledger.command(args, copy);
    expect([told.code, told.err]).toEqual([0, '']);
    writeFileSync(at('policy-crashed'), `log ${/goes on as (\S+)\. /.exec(told.out)![1]}\nquorum none\n`);
    const again = await ledger.command(args, ledger.environment('policy-crashed', 'crashed'));
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^The loss was declared before: /) });
  });

  test('goes on under a new name once its operator declares the loss, without what was erased', async () => {
    const told = await declare('--confirm');
    expect([told.code, told.err]).toEqual([0, '']);
    expect(rowsOfErased()).toBe(0);
    const key = /goes on as (\S+)\. /.exec(told.out)![1]!;
    expect(key.startsWith(`${AGAIN}+`)).toBe(true);
    const refused = await ledger.command(['serve']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(`another log than ${AGAIN}.`) });
    await ledger.stopAll();
    await ledger.startWitnesses(key, 'policy-2');
    await ledger.serve('policy-2');
    const zoe = await registered('Zoé');
    await ledger.download(`/v1/persons/${zoe.id}/receipts/${zoe.event}`, 'zoe.json');
    const { status, body } = await ledger.client.get('/health');
    expect([status, body]).toMatchObject([200, { status: 'ok', log: { origin: AGAIN } }]);
    const { log } = body as { log: { witnesses: { state: string }[] } };
    expect(log.witnesses.map(({ state }) => state)).toEqual(['cosigned', 'cosigned', 'cosigned']);
  });
});

describe('what was given out before', () => {
  const now = () => ['--log', ledger.client.url];

  test('is checked as ever, under the old name', async () => {
    for (const file of ['receipt.json', 'lost.json']) {
      const ended = await verify('receipt', at(file), '--policy', at('policy'));
      expect([ended.code, lastLine(ended)]).toEqual([0, 'unaltered: this event is as it was logged.']);
    }
  });

  test('shows the loss of an event that is lost, whichever name is trusted', async () => {
    for (const policy of ['policy', 'policy-2']) {
      const ended = await verify('receipt', at('lost.json'), '--policy', at(policy), ...now());
      expect([ended.code, ended.err]).toEqual([0, '']);
      expect(ended.out).toMatch(/^warned +loss +It was entry \d+ .* the event is lost, not false\.$/m);
    }
  });

  test('stands in the log at its place where it was kept, and has a new receipt', async () => {
    for (const policy of ['policy', 'policy-2']) {
      const ended = await verify('receipt', at('receipt.json'), '--policy', at(policy), ...now());
      expect(ended).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^passed +loss +It stands in the/m),
      });
      const { event } = JSON.parse(read('receipt.json')) as { event: { id: string } };
      await ledger.download(`/v1/persons/${ledger.person}/receipts/${event.id}`, 'again.json');
      const again = await verify('receipt', at('again.json'), '--policy', at(policy));
      expect([again.code, lastLine(again).split(':')[0]]).toEqual([0, 'unaltered']);
    }
  });

  test('compares a checkpoint that was kept, and leaves it as it is', async () => {
    const note = read('checkpoint');
    const asked = ['--policy', at('policy-2'), '--saved', at('checkpoint'), '--url', ledger.client.url];
    const ended = await verify('checkpoint', ...asked);
    expect([ended.code, ended.err, lastLine(ended)]).toEqual([0, '', 'unaltered: the checkpoint stands.']);
    expect(ended.out).toMatch(/^warned +earlier-checkpoint +The log had \d+ entries, and declares/m);
    expect(read('checkpoint')).toBe(note);
    const audit = await verify(
      'ledger',
      '--data-dir',
      at('data'),
      '--policy',
      at('policy'),
      '--saved',
      at('checkpoint'),
    );
    expect([audit.code, audit.err]).toEqual([0, '']);
    expect(audit.out).toMatch(/^warned +loss +The log declares that of its/m);
  });

  test('tells a person which of their events are gone, and is never complete', async () => {
    await ledger.download(proofOf(ledger.person), 'after.json');
    const asked = ['--policy', at('policy-2'), '--saved', at('check.json')];
    const ended = await verify('proof', at('after.json'), ...asked);
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(ended.out).toMatch(
      /^warned +earlier-events .*: Of the \d+ events of the earlier check some are gone/m,
    );
    expect(lastLine(ended)).toMatch(/^unaltered: .*nobody can say that it is all\.$/);
    const first = await verify('proof', at('after.json'), '--policy', at('policy-2'));
    expect(first.out).toMatch(/^passed +replay/m);
    expect(lastLine(first)).toMatch(/^unaltered: .*nobody can say that it is all\.$/);
  });

  test('is judged by the page as by the command', async () => {
    await ledger.download('/v1/log/keys', 'now.json');
    const script = await bundleScript(ROOT, 'apps/verifier/src/examine.ts', 'page');
    const engine = createContext({ TextEncoder, TextDecoder, atob, btoa });
    runInContext(script, engine);
    const at = systemClock.now();
    const cases: readonly (readonly [Chosen, string, string])[] = [
      [{ file: read('lost.json'), trust: read('policy-2'), saved: read('now.json') }, 'unaltered', 'warned'],
      [
        { file: read('receipt.json'), trust: read('policy'), saved: read('now.json') },
        'unaltered',
        'skipped',
      ],
      [{ file: read('after.json'), trust: read('policy-2') }, 'unaltered', 'warned'],
      [{ file: read('after.json'), trust: read('policy'), saved: read('checkpoint') }, 'unaltered', 'warned'],
    ];
    for (const [chosen, verdict, loss] of cases) {
      const here = examine(chosen, at);
      expect(here.verdict === 'unreadable' ? here.reason : here.verdict).toBe(verdict);
      const checks = here.verdict === 'unreadable' ? [] : here.checks;
      expect(checks.find(({ name }) => name === 'loss')?.verdict).toBe(loss);
      const asked = `JSON.stringify(page.examine(${JSON.stringify(chosen)}, ${JSON.stringify(at)}))`;
      expect(JSON.parse(runInContext(asked, engine))).toEqual(JSON.parse(JSON.stringify(here)));
    }
  });
});
