/** What a person meets in a browser: SILLAGE_BROWSER names one, else Debian's is taken. `npm run test:browser` */
const { existsSync } = require('node:fs');
const ours = require('./jest.config.cjs');

const found = [process.env.SILLAGE_BROWSER, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!found) {
  process.stderr.write(
    'No browser is here: install Chromium (apt-get install chromium) or name one in SILLAGE_BROWSER.\n',
  );
  process.exit(1);
}
process.env.SILLAGE_BROWSER = found;

module.exports = {
  ...ours,
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
};
