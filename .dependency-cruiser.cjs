/** Who may import whom. See docs/ARCHITECTURE.md. Patterns are matched against paths from the project's root. */

// Tests and their helpers may import anything.
const tests = '(\\.(test|contract)\\.tsx?$|(^|/)testing/|^tests/)'
const ours = '^(schemas|rooms|media|persistence|client|server|web|loadtest|ops|tests)/'
const drivers =
  '^(ioredis|redis|kafkajs|mysql2|mongoose|mongodb|@aws-sdk/[^/]+)(/|$)|(^|/)node_modules/(ioredis|redis|kafkajs|mysql2|mongoose|mongodb|@aws-sdk)/|^(node:)?sqlite$'
const browserTooling = '^web/(vite\\.config\\.ts|postcss\\.config\\.cjs)$|^web/e2e/'

/** A rule: files below `folder` may import, of ours, only what matches one of `allowed`. */
function only(folder, allowed, comment) {
  return {
    name: `${folder}-imports`,
    severity: 'error',
    comment,
    from: { path: `^${folder}/`, pathNot: [tests, browserTooling] },
    to: { path: ours, pathNot: allowed },
  }
}

module.exports = {
  forbidden: [
    only('schemas', ['^schemas/'], 'schemas/ is the shared vocabulary and imports nothing else of ours'),
    {
      name: 'schemas-packages',
      severity: 'error',
      comment: 'schemas/ runs everywhere and needs only zod and @colyseus/schema',
      from: { path: '^schemas/', pathNot: tests },
      to: { pathNot: ['^schemas/', '(^|/)node_modules/(zod|@colyseus/schema)/', '^(zod|@colyseus/schema)(/|$)'] },
    },
    only(
      'rooms',
      ['^schemas/', '^rooms/', '^persistence/ports/', '^media/ports/'],
      'a room sees ports, never a driver',
    ),
    only('media', ['^schemas/', '^media/'], 'media/ knows only the vocabulary'),
    only('persistence', ['^schemas/', '^persistence/'], 'persistence/ knows only the vocabulary'),
    {
      name: 'ports-imports',
      severity: 'error',
      comment: 'ports are interfaces and need only the vocabulary',
      from: { path: '^persistence/ports/', pathNot: tests },
      to: { pathNot: ['^schemas/', '^persistence/ports/'] },
    },
    only('client', ['^schemas/', '^client/'], 'the client core knows only the vocabulary'),
    only('web', ['^schemas/', '^client/', '^web/'], 'the web client reaches the server by the client core only'),
    only(
      'server',
      ['^schemas/', '^client/', '^rooms/', '^media/', '^persistence/', '^server/'],
      'nothing below knows the server, and it knows no user interface',
    ),
    {
      name: 'browser-no-node',
      severity: 'error',
      comment: 'client/ and web/ run in a browser',
      from: { path: '^(client|web)/', pathNot: [tests, browserTooling] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'client-no-react',
      severity: 'error',
      comment: 'the client core is free of frameworks',
      from: { path: '^client/', pathNot: tests },
      to: {
        path: '(^|/)node_modules/(react|react-dom|react-i18next|@mantine|@tanstack/react-[^/]+)/|^(react|react-dom)(/|$)',
      },
    },
    {
      name: 'halves-only-in-wiring',
      severity: 'error',
      comment: 'only the wiring knows which half of a port is in use',
      from: { pathNot: ['^persistence/', '^server/main\\.ts$', '^server/wiring/', '^loadtest/', tests] },
      to: { path: '^persistence/.*/(sqlite|disk|redis|kafka|mysql|mongo|s3)[^/]*\\.ts$' },
    },
    {
      name: 'drivers-only-in-persistence',
      severity: 'error',
      comment: 'drivers are used inside persistence/ and the wiring only',
      from: { path: ours, pathNot: ['^persistence/', '^server/wiring/', '^loadtest/', tests] },
      to: { path: drivers },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: ours },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'modules that need each other when they load break depending on who comes first',
      from: { path: ours, pathNot: tests },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/dist|coverage|test-results)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
    builtInModules: { add: ['node:sqlite', 'sqlite'] },
  },
}
