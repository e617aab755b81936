import { describe, expect, test } from '@jest/globals';
import { logSigner, ORIGIN, witnessSigners } from '../testing.js';
import { formatVerifierKey } from './keys.js';
import { parsePolicy } from './policy.js';

const log = formatVerifierKey(logSigner.key);
const [w1, w2, w3] = witnessSigners.map(({ key }) => formatVerifierKey(key)) as [string, string, string];
const TEXT = `# whom we trust
log ${log} https://log.example

witness one ${w1} https://w1.example
 witness\ttwo ${w2}
witness three ${w3} https://w3.example/replay
group most 2 one two three
group replaying any three
quorum most
`;

describe('a policy', () => {
  test('names the log, its witnesses, how many must cosign, and who replays', () => {
    const policy = parsePolicy(TEXT);
    if (!policy.ok) throw new Error(policy.reason);
    expect(policy.value).toMatchObject({ origin: ORIGIN, quorum: 2, logUrl: 'https://log.example' });
    expect(policy.value.witnesses.map(({ key, replays }) => [key.name, replays])).toEqual([
      ['w1.example', false],
      ['w2.example', false],
      ['replay.example', true],
    ]);
    expect([...policy.value.urls.values()]).toEqual(['https://w1.example', 'https://w3.example/replay']);
  });

  test('may ask for no witness, for one, for all of a group', () => {
    const quorum = (line: string) => {
      const policy = parsePolicy(TEXT.replace('quorum most', line));
      return policy.ok && [policy.value.quorum, policy.value.witnesses.length];
    };
    expect(quorum('quorum none')).toEqual([0, 3]);
    expect(quorum('quorum two')).toEqual([1, 1]);
    expect(quorum('group every all one two\nquorum every')).toEqual([2, 2]);
  });

  test.each([
    ['quorum most', '', 'the policy names no quorum'],
    ['quorum most', 'quorum most\nquorum most', 'line 10 of the policy: there is one quorum'],
    ['quorum most', 'quorum least', 'line 9 of the policy: no group and no witness has this name'],
    ['most 2', 'most 4', 'line 7 of the policy: the threshold cannot be met'],
    ['most 2', 'most 0', 'line 7 of the policy: the threshold cannot be met'],
    ['one two three', 'one two four', 'line 7 of the policy: a member is no witness named before'],
    ['one two three', 'one two one', 'line 7 of the policy: a witness is named twice'],
    ['witness one', 'witness none', 'line 4 of the policy: the name is taken'],
    [`two ${w2}`, `two ${w1}`, 'line 5 of the policy: it is a witness named before'],
    [`log ${log} https://log.example\n`, '', 'the policy names no log'],
    [`log ${log}`, `log ${w1}`, 'line 2 of the policy: it is no log'],
    [`one ${w1}`, `one ${log}`, 'line 4 of the policy: it is no witness'],
    ['group most', 'groups most', 'line 7 of the policy: it starts with none of log, witness, group, quorum'],
  ])('with %j as %j is refused', (from, to, reason) => {
    expect(parsePolicy(TEXT.replace(from, to))).toEqual({ ok: false, reason });
  });
});
