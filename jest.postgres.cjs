// The key store of several nodes on a real PostgreSQL, which the tests start themselves; it is not part of `npm test`.
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/keys/postgres/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};
