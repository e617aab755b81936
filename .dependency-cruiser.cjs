/**
 * Which file may import what. Checked by test/architecture, which also plants a violation of every rule.
 *
 * Each lib and the libs that it may import; a lib without a line here is refused.
 */
const STORES = ['decider', 'time', 'event-store', 'transparency', 'sealing'];
const BASE = [...STORES, 'read-store', 'http'];
const FACTS = [...BASE, 'catalogue', 'directory', 'person'];
const CAPABILITIES = ['consent', 'disclosure', 'commission'];
const MAY_IMPORT = {
  decider: [],
  time: ['decider'],
  threads: [],
  'event-store': ['decider', 'time', 'transparency'],
  transparency: ['decider', 'time'],
  sealing: ['decider', 'time', 'event-store', 'transparency'],
  'read-store': [...STORES, 'threads'],
  http: STORES,
  catalogue: BASE,
  directory: [...BASE, 'catalogue'],
  person: [...BASE, 'catalogue', 'directory'],
  assessment: FACTS,
  consent: [...FACTS, 'assessment', ...CAPABILITIES],
  disclosure: [...FACTS, 'assessment', ...CAPABILITIES],
  deferral: [...FACTS, 'disclosure'],
  commission: [...FACTS, 'assessment', ...CAPABILITIES],
  case: [...FACTS, 'assessment', 'commission', 'disclosure'],
  knowledge: [...FACTS, 'assessment', 'commission'],
  notices: [...FACTS, 'knowledge'],
  log: [...FACTS, 'threads'],
  outbox: FACTS,
  erasure: [...FACTS, 'notices'],
};

/** Files that decide or fold: everything of these libs but what says in its name that it is wired to Nest. */
const PURE = {
  path: '^libs/(person|consent|disclosure|deferral|assessment|knowledge|commission|case|catalogue|directory|notices|erasure)/src/',
  // `.file` reads a file at start, `.hash` needs SHA-256: their names say what they are not pure of.
  pathNot: ['\\.(handler|controller|query|module|request|file|hash|spec)\\.ts$', '/index\\.ts$'],
};

const directions = Object.entries(MAY_IMPORT).map(([lib, allowed]) => ({
  name: `direction-${lib}`,
  comment: `${lib} may import ${allowed.join(', ') || 'no other lib'}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: '^libs/', pathNot: `^libs/(${[lib, ...allowed].join('|')})/` },
}));

function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

module.exports = {
  forbidden: [
    ...directions,
    forbid(
      'lib-without-a-line',
      'A new lib gets its line in MAY_IMPORT first.',
      { path: '^libs/', pathNot: `^libs/(${Object.keys(MAY_IMPORT).join('|')})/` },
      { path: '.*' },
    ),
    forbid('libs-never-import-apps', 'Apps compose libs.', { path: '^libs/' }, { path: '^apps/' }),
    forbid('nothing-imports-test', 'Tests are not shipped.', { path: '^(libs|apps)/' }, { path: '^test/' }),
    forbid(
      'lib-by-name-only',
      'Another lib is imported as #name, never by a path into it.',
      { path: '^(libs/[^/]+|apps|test)/' },
      { path: '^libs/', pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    ),
    forbid(
      'own-lib-by-path',
      'A lib does not import itself by name: that is a cycle through its index.',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/$1/', dependencyTypes: ['aliased'] },
    ),
    forbid(
      'kurrentdb-client-in-one-folder',
      'The client changes with the server; only its adapter knows it.',
      { path: '^(libs|apps)/', pathNot: '^libs/event-store/src/kurrentdb/' },
      { path: '(^|/)@(eventstore|kurrent)/' },
    ),
    forbid(
      'sqlite-driver-in-one-file',
      'Every connection is opened by one function, which sets what erasure and durability need.',
      { path: '^(libs|apps|test)/', pathNot: '^libs/event-store/src/sqlite/driver\\.ts$' },
      { path: ['(^|/)@photostructure/sqlite', '^(node:)?sqlite$', '(^|/)better-sqlite3'] },
    ),
    forbid(
      'postgres-driver-in-one-file',
      'What the key store asks of PostgreSQL is set where its connections are made.',
      {
        path: '^(libs|apps|test)/',
        pathNot: ['^libs/sealing/src/postgres-key-store\\.ts$', '^test/keys/postgres/'],
      },
      { path: '(^|/)(@types/)?pg(/|$)' },
    ),
    forbid(
      'nest-where-it-is-named',
      'Nest is for handlers, controllers, queries, modules, libs/http and apps.',
      { path: '^libs/', pathNot: ['^libs/http/', '\\.(handler|controller|query|module)\\.ts$'] },
      { path: '(^|/)@nestjs/' },
    ),
    forbid(
      'pure-files-are-plain',
      'A pure file imports no Nest, no module of Node and no store: time, ids and facts are passed in.',
      PURE,
      {
        path: [
          '(^|/)@nestjs/',
          '^(node:)?(fs|crypto|child_process|worker_threads|timers|os|net|http|https|perf_hooks)(/|$)',
          '^libs/(event-store|sealing|http)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid('pure-files-import-pure-files', 'Else they are pure in name only.', PURE, {
      path: '\\.(handler|controller|query|module|request)\\.ts$',
    }),
    forbid('no-cycles', 'Not even of types: neither file can be read first.', {}, { circular: true }),
    forbid(
      'no-orphans',
      'A file that imports nothing and that nothing imports does nothing.',
      { orphan: true, pathNot: ['\\.(spec|d)\\.ts$', '/main\\.tsx?$', '/index\\.ts$', '\\.config\\.ts$'] },
      {},
    ),
    {
      name: 'no-dead-files',
      comment: 'A file that only its own spec imports is dead.',
      severity: 'error',
      from: { pathNot: '\\.spec\\.ts$' },
      module: {
        path: '^(libs/[^/]+/src|apps)/',
        pathNot: [
          '\\.(spec|d)\\.ts$',
          '/main\\.tsx?$',
          '^apps/cli/src/openapi\\.ts$',
          '/index\\.ts$',
          '[./]testing\\.ts$',
          // The bundle of a page puts it in the place of its sibling.
          '\\.browser\\.ts$',
          '\\.config\\.ts$',
        ],
        numberOfDependentsLessThan: 1,
      },
    },
    forbid('specs-are-not-imported', 'A spec is an end.', {}, { path: '\\.spec\\.tsx?$' }),
    forbid(
      'everything-resolves',
      'What cannot be found here cannot be found there.',
      { path: '^(libs|apps|test)/' },
      { couldNotResolve: true, pathNot: '^node:' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
