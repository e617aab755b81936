import { basename, dirname } from 'node:path';
import ts from 'typescript';

/** A file of the project, named from its root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** `path:line what is wrong`. */
export type Finding = string;
export type Check = (files: readonly SourceFile[]) => Finding[];

const MAX_LINES = 250;
const MAX_SPEC_LINES = 400;
const MAX_FUNCTION_LINES = 70;

const isCode = ({ path }: SourceFile) => /^(apps|libs|test)\/.*\.(ts|tsx)$/.test(path);
const isSpec = (path: string) => /\.spec\.tsx?$/.test(path);

/** Put together from halves, so that this file does not find itself. */
const halves = (...pairs: readonly (readonly [string, string])[]) => pairs.map((pair) => pair.join(''));
const BANNED = halves(
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['@ts-', 'ignore'],
  ['eslint-', 'disable'],
  ['oxlint-', 'disable'],
  ['it.', 'skip'],
  ['test.', 'skip'],
  ['describe.', 'skip'],
  ['.to', 'do('],
  ['xi', 't('],
  ['xdes', 'cribe('],
  ['.on', 'ly('],
);
const MACHINE_PATHS = ['work', 'root', 'farm'].map((folder) => `/${folder}/`);
/** The documents that the project rests on call it an abuse of language; it may stand where they are quoted. */
const [ABUSE_OF_LANGUAGE] = halves(['secret ', 'partagé']) as [string];
const IMPURE_CALLS = halves(
  ['new ', 'Date('],
  ['Date', '.now'],
  ['random', 'UUID'],
  ['Math', '.random'],
  ['performance', '.now'],
);

function linesWith(file: SourceFile, says: (line: string) => string | undefined): Finding[] {
  return file.text.split('\n').flatMap((line, i) => {
    const wrong = says(line);
    return wrong === undefined ? [] : [`${file.path}:${i + 1} ${wrong}`];
  });
}

export const shortFiles: Check = (files) =>
  files.filter(isCode).flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    const limit = isSpec(path) ? MAX_SPEC_LINES : MAX_LINES;
    return lines > limit ? [`${path}:${limit + 1} has ${lines} lines, more than ${limit}`] : [];
  });

export const shortFunctions: Check = (files) => files.filter(isCode).flatMap(longFunctionsOf);

function longFunctionsOf({ path, text }: SourceFile): Finding[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const findings: Finding[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && !isStory(node)) {
      const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const lines = source.getLineAndCharacterOfPosition(node.end).line - first + 1;
      if (lines > MAX_FUNCTION_LINES)
        findings.push(`${path}:${first + 1} a function of ${lines} lines, more than ${MAX_FUNCTION_LINES}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

/** What is handed to `describe` is a list of tests, not a function anybody has to follow. */
function isStory(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());
}

export const noBannedWords: Check = (files) =>
  files
    .filter(({ path }) => /\.([cm]?[jt]sx?|css|html|ya?ml|sh|go)$/.test(path))
    .flatMap((file) =>
      linesWith(file, (line) => {
        // Not in the midst of a word: `process.exit(` ends with one of them.
        const word = BANNED.find((banned) => standsIn(line, banned));
        return word && `says ${word}`;
      }),
    );

function standsIn(line: string, word: string): boolean {
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1))
    if (!/\w/.test(word[0]!) || !/\w/.test(line[at - 1] ?? ' ')) return true;
  return false;
}

export const noAbuseOfLanguage: Check = (files) =>
  files
    .filter(({ path }) => !isSpec(path) && !path.startsWith('test/'))
    .flatMap((file) =>
      linesWith(file, (line) => {
        const unquoted = line.replaceAll(/«[^»]*»|“[^”]*”|"quote": ".*"/g, '').toLowerCase();
        return unquoted.includes(ABUSE_OF_LANGUAGE)
          ? `says ${ABUSE_OF_LANGUAGE} in its own voice`
          : undefined;
      }),
    );

/** A test tells what is, in the present tense. */
export const plainSentences: Check = (files) =>
  files
    .filter(isCode)
    .flatMap((file) =>
      linesWith(file, (line) =>
        /\b(describe|it|test)\b.*\(\s*(['"`]).*\bshould\b.*\2/.test(line)
          ? 'tells what a test hopes, not what is'
          : undefined,
      ),
    );

export const noMachinePaths: Check = (files) =>
  files.flatMap((file) =>
    linesWith(file, (line) => {
      const found = MACHINE_PATHS.find((path) => new RegExp(`(^|[^\\w.@*/-])${path}`).test(line));
      return found && `names ${found}, a folder of one machine`;
    }),
  );

export const everyLibPresentsItself: Check = (files) => {
  const paths = new Set(files.map((file) => file.path));
  const libs = new Set([...paths].flatMap((path) => /^libs\/[^/]+(?=\/)/.exec(path) ?? []));
  return [...libs]
    .flatMap((lib) => [`${lib}/README.md`, `${lib}/src/index.ts`])
    .filter((path) => !paths.has(path))
    .map((path) => `${path}:1 is missing`);
};

export const everySliceHasASpec: Check = (files) => {
  const handlers = files
    .map((file) => file.path)
    .filter((path) => /^libs\/.+\/src\/.*\.handler\.ts$/.test(path));
  const tested = new Set(
    files
      .map((file) => file.path)
      .filter(isSpec)
      .map(dirname),
  );
  return handlers
    .filter((path) => !tested.has(dirname(path)))
    .map((path) => `${path}:1 ${basename(dirname(path))} has no spec beside it`);
};

/** `isPure` is the architecture's: see .dependency-cruiser.cjs. */
export function pureFilesAreTold(isPure: (path: string) => boolean): Check {
  return (files) =>
    files
      .filter(({ path }) => isPure(path))
      .flatMap((file) =>
        linesWith(file, (line) => {
          const call = IMPURE_CALLS.find((impure) => line.includes(impure));
          return call && `a pure file says ${call}: times and ids are passed in`;
        }),
      );
}
