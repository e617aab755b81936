import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './cruise.js';
import {
  everyLibPresentsItself,
  everySliceHasASpec,
  noAbuseOfLanguage,
  noBannedWords,
  noMachinePaths,
  plainSentences,
  pureFilesAreTold,
  shortFiles,
  shortFunctions,
  type Check,
  type SourceFile,
} from './tidy.js';

interface Rules {
  readonly forbidden: readonly {
    readonly name: string;
    readonly from: { readonly path: string; readonly pathNot: readonly string[] };
  }[];
}

/** What is pure is said once, in the rules of the architecture. */
function isPure(path: string): boolean {
  const { forbidden } = require('../../.dependency-cruiser.cjs') as Rules;
  const { from } = forbidden.find((rule) => rule.name === 'pure-files-are-plain')!;
  return new RegExp(from.path).test(path) && !from.pathNot.some((not) => new RegExp(not).test(path));
}

/** Tracked files and new ones: what is ignored or binary is nobody's to read. */
function projectFiles(): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

const lines = (count: number, line = 'x;') => `${line}\n`.repeat(count);
const file = (path: string, text: string): SourceFile => ({ path, text });
const word = (...halves: string[]) => halves.join('');
const phrase = word('secret ', 'partagé');
const home = word('/', 'root', '/');
const planted = 'libs/consent/src/grant/grant.ts';
const slice = [
  file('libs/consent/src/grant/grant.handler.ts', ''),
  file('libs/consent/src/grant/grant.spec.ts', ''),
];

interface Case {
  readonly name: string;
  readonly check: Check;
  readonly wrong: readonly (readonly [files: SourceFile[], finding: string])[];
  readonly right: readonly SourceFile[];
}

const CASES: readonly Case[] = [
  {
    name: 'no file is longer than 250 lines, no spec longer than 400',
    check: shortFiles,
    wrong: [
      [[file(planted, lines(251))], `${planted}:251 has 251 lines, more than 250`],
      [[file('test/a.spec.ts', lines(401))], 'test/a.spec.ts:401 has 401 lines, more than 400'],
    ],
    right: [file(planted, lines(250)), file('test/a.spec.ts', lines(400)), file('docs/long.md', lines(900))],
  },
  {
    name: 'no function is longer than 70 lines',
    check: shortFunctions,
    wrong: [
      [
        [file(planted, `\nfunction long() {\n${lines(69)}}`)],
        `${planted}:2 a function of 71 lines, more than 70`,
      ],
      [
        [file(planted, `const long = () => {\n${lines(69)}};`)],
        `${planted}:1 a function of 71 lines, more than 70`,
      ],
      [
        [file(planted, `class A {\n  m() {\n${lines(69)}}\n}`)],
        `${planted}:2 a function of 71 lines, more than 70`,
      ],
    ],
    right: [
      file(planted, `function short() {\n${lines(68)}}`),
      file('test/a.spec.ts', `describe('a', () => {\n${lines(300)}});`),
      file('apps/web/src/a.tsx', 'const A = () => <p>a</p>;'),
    ],
  },
  {
    name: 'nothing is left undone, silenced, skipped or run alone',
    check: noBannedWords,
    wrong: [
      ['TO', 'DO'],
      ['FIX', 'ME'],
      ['@ts-', 'ignore'],
      ['eslint-', 'disable'],
      ['oxlint-', 'disable'],
      ['it.', 'skip'],
      ['test.', 'skip'],
      ['.to', 'do('],
      ['describe.', 'skip'],
      ['xi', 't('],
      ['xdes', 'cribe('],
      ['.on', 'ly('],
    ].map((halves) => [
      [file(planted, `fine;\nit.x; ${word(...halves)}`)],
      `${planted}:2 says ${word(...halves)}`,
    ]),
    right: [file(planted, '// What to do is said.\nprocess.exit(0); only(1); submit.skipped();')],
  },
  {
    name: 'the abuse of language that the documents reject is not used',
    check: noAbuseOfLanguage,
    wrong: [
      [[file(planted, `const label = '${phrase}';`)], `${planted}:1 says ${phrase} in its own voice`],
      [[file('docs/a.md', `Un S${phrase.slice(1)}.`)], `docs/a.md:1 says ${phrase} in its own voice`],
    ],
    right: [
      file('docs/a.md', `The source rejects « ${phrase} ».`),
      file('libs/catalogue/data/a.json', `  "quote": "le ${phrase}"`),
      file('test/journeys/a.spec.ts', `expect(page).not.toContain('${phrase}')`),
    ],
  },
  {
    name: 'test sentences are in the present tense',
    check: plainSentences,
    wrong: [
      [
        [file('test/a.spec.ts', `\n${word("it('sho", "uld refuse', f)")}`)],
        'test/a.spec.ts:2 tells what a test hopes, not what is',
      ],
      [
        [file('test/a.spec.ts', word("it.each([1])('%i sho", "uld refuse', f)"))],
        'test/a.spec.ts:1 tells what a test hopes, not what is',
      ],
    ],
    right: [file('test/a.spec.ts', "it('refuses', () => {\n  // as it should\n});")],
  },
  {
    name: 'no file names a folder of one machine',
    check: noMachinePaths,
    wrong: [
      [[file('docs/a.md', `\nsee ${home}notes`)], `docs/a.md:2 names ${home}, a folder of one machine`],
      [
        [file('a.yml', `${word('/', 'work', '/')}main`)],
        `a.yml:1 names ${word('/', 'work', '/')}, a folder of one machine`,
      ],
      [
        [file(planted, `'${word('/', 'farm', '/')}x'`)],
        `${planted}:1 names ${word('/', 'farm', '/')}, a folder of one machine`,
      ],
    ],
    right: [
      file(planted, "import '../work/root/farm.js'; // https://example.org/work/"),
      file('a.md', '/rooted'),
    ],
  },
  {
    name: 'every lib has a README and an index',
    check: everyLibPresentsItself,
    wrong: [
      [[file('libs/a/src/index.ts', '')], 'libs/a/README.md:1 is missing'],
      [[file('libs/a/README.md', '')], 'libs/a/src/index.ts:1 is missing'],
    ],
    right: [file('libs/a/README.md', ''), file('libs/a/src/index.ts', ''), file('test/a.ts', '')],
  },
  {
    name: 'every slice has a spec beside its handler',
    check: everySliceHasASpec,
    wrong: [[slice.slice(0, 1), 'libs/consent/src/grant/grant.handler.ts:1 grant has no spec beside it']],
    right: slice,
  },
  {
    name: 'pure files are told times and ids',
    check: pureFilesAreTold(isPure),
    wrong: ['new Date(', 'Date.now', 'randomUUID', 'Math.random', 'performance.now'].flatMap((call) =>
      [planted, 'libs/person/src/person.events.ts', 'libs/knowledge/src/seen/seen.projection.ts'].map(
        (path) =>
          [
            [file(path, `a;\nconst x = ${call})`)],
            `${path}:2 a pure file says ${call}: times and ids are passed in`,
          ] as const,
      ),
    ),
    right: [
      file('libs/consent/src/grant/grant.handler.ts', 'randomUUID()'),
      file('libs/consent/src/grant/grant.spec.ts', 'new Date()'),
      file('libs/time/src/instants.ts', 'Date.now()'),
    ],
  },
];

describe.each(CASES)('tidy: $name', ({ check, wrong, right }) => {
  it('in the whole project', () => {
    expect(check(projectFiles())).toEqual([]);
  });

  it('is told, with file and line, when it is not so', () => {
    for (const [files, finding] of wrong) expect(check(files)).toEqual([finding]);
  });

  it('is not told of what is right', () => {
    expect(check(right)).toEqual([]);
  });
});
