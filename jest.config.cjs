// The app is ESM; Jest runs it as CommonJS through swc, together with the ESM-only packages listed here.
const esm = [
  '@nestjs',
  'cookie',
  'content-disposition',
  'uid',
  'iterare',
  'file-type',
  '@tokenizer',
  'token-types',
  'strtok3',
  'uint8array-extras',
  '@borewit',
  'canonicalize',
  'temporal-polyfill',
  'temporal-utils',
  '@noble',
];
const transform = { legacyDecorator: true, decoratorMetadata: true };
const jsc = { target: 'es2023', keepClassNames: true };
const typescript = { ...jsc, parser: { syntax: 'typescript', decorators: true }, transform };

const inTest = (folder) => `<rootDir>/test/${folder}/`;

module.exports = {
  // Shared machines are slow at times; nothing is asserted on time.
  testTimeout: 30_000,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    // It exports itself to `import` only, which Jest's resolver does not ask for here.
    '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js',
  },
  // `npm run test:verifier` needs Go, `test:browser` a browser, `test:postgres` PostgreSQL, `test:kurrentdb` a server.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...['verifier', 'browser', 'keys/postgres', 'kurrentdb/real'].map(inTest),
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transformIgnorePatterns: [`/node_modules/(?!(.+/node_modules/)?(${esm.join('|')})/)`],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: typescript, module: { type: 'commonjs' }, swcrc: false }],
    '^.+\\.m?js$': ['@swc/jest', { jsc, module: { type: 'commonjs' }, swcrc: false }],
  },
};
