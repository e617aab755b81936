/** The same tests against a real server: SILLAGE_KURRENTDB_URL names it. `npm run test:kurrentdb` */
const ours = require('./jest.config.cjs');

if (!process.env.SILLAGE_KURRENTDB_URL) {
  process.stderr.write('Set SILLAGE_KURRENTDB_URL to a server for tests: they write to it.\n');
  process.exit(1);
}

module.exports = {
  ...ours,
  testMatch: ['<rootDir>/test/kurrentdb/real/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};
