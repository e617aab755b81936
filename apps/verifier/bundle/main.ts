import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundlePage } from './bundle.js';

/** `npm run build` runs it, from `dist/apps/verifier/bundle`. */
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const page = await bundlePage(ROOT);
writeFileSync(new URL('../verify.html', import.meta.url), page);
const digest = createHash('sha256').update(page).digest('hex');
process.stdout.write(`The page that verifies: ${Math.ceil(page.length / 1024)} KiB, SHA-256 ${digest}\n`);
