import { FileRootKey } from '#sealing';

/** Opens the root key at the given moment, as its fellows do, and tells what it wrapped with it. */
const [path, startAtMs] = process.argv.slice(2) as [string, string];
while (Date.now() < Number(startAtMs)) continue;
const { wrapped } = await FileRootKey.open(path).wrap(new Uint8Array(32), 'person:1');
process.stdout.write(Buffer.from(wrapped).toString('hex'));
