import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** Files of libs that know Node have a sibling that does without. */
const browserSiblings: Plugin = {
  name: 'browser-siblings',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /\/(bytes|crypto)\.js$/ }, ({ path, importer, resolveDir, kind }) =>
      importer.includes('/libs/transparency/src/')
        ? resolve(path.replace(/\.js$/, '.browser.js'), { importer, resolveDir, kind })
        : undefined,
    );
  },
};

/** One script without imports, for any browser of the last four years. `root`: the project's folder. */
export async function bundleScript(root: string, entry: string, globalName?: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    tsconfig: join(root, 'tsconfig.json'),
    plugins: [browserSiblings],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
    ...(globalName && { globalName }),
  });
  return outputFiles[0]!.text.trim();
}

/**
 * The page in one file: script and style stand in it, and its policy lets the browser run just these and load, send
 * and embed nothing. The same sources give the same bytes.
 */
export async function bundlePage(root: string): Promise<string> {
  const read = (name: string) => readFileSync(join(root, 'apps/verifier/src', name), 'utf8');
  const script = await bundleScript(root, 'apps/verifier/src/main.ts');
  const style = read('page.css').trim();
  // An end tag in the script would end the element; the functions keep `$` in it as it is.
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error('It cannot stand inline.');
  const policy = [
    "default-src 'none'",
    `script-src '${sha256(script)}'`,
    `style-src '${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return read('page.html')
    .replace('content="policy"', () => `content="${policy}"`)
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
