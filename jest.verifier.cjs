// The verifier that is not ours: needs Go and two of Debian's packages, so it is not part of `npm test`.
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/verifier/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
