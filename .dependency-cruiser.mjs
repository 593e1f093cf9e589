/** The architecture as rules: docs/adr/0003. `npm run verify` also asserts that more than 0 modules were seen. */
export default {
  forbidden: [
    {
      name: 'services-are-islands',
      comment: 'Services talk over the bus: an import would tie their lives together.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'contracts-is-a-leaf',
      comment: 'What crosses a process needs Zod and nothing else; it also runs in a browser.',
      severity: 'error',
      from: { path: '^libs/contracts/src/' },
      to: { pathNot: '^(libs/contracts/src/|node_modules/zod/)' },
    },
    {
      name: 'task-model-is-pure',
      comment:
        'No IO, no clock, no randomness: the same fold in three places. CEL evaluates expressions and nothing else.',
      severity: 'error',
      from: { path: '^libs/task-model/src/', pathNot: '\\.test\\.ts$|/testing/' },
      to: {
        pathNot: '^(libs/(contracts|task-model)/src/|node_modules/@marcbachmann/cel-js/)',
      },
    },
    {
      name: 'only-the-orchestrator-decides',
      comment: 'One writer per task (I1): everybody else folds.',
      severity: 'error',
      from: { pathNot: '^(services/orchestrator/|libs/task-model/)' },
      to: { path: '^libs/task-model/src/(|.*/)(decide|advance)[^/]*$' },
    },
    {
      name: 'service-kit-knows-no-domain',
      comment: 'How a service runs, not what it does.',
      severity: 'error',
      from: { path: '^libs/service-kit/src/' },
      to: { path: '^(libs/task-model/|services/)' },
    },
    {
      name: 'services-use-the-mended-driver',
      comment: 'The driver as it is ends a process that loses a connection: docs/adr/0012.',
      severity: 'error',
      from: { path: '^services/', pathNot: '\\.test\\.ts$' },
      to: { path: '^node_modules/postgres/' },
    },
    {
      name: 'the-console-uses-contracts-and-the-fold',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: { path: '^(services/|infra/|libs/(service-kit|testkit)/)' },
    },
    {
      name: 'tests-stay-out-of-production',
      severity: 'error',
      from: {
        path: '^(services|libs|apps)/',
        // Suites and stages that tests share stand beside them: they are named so that this line can see them.
        pathNot:
          '\\.(test|e2e)\\.tsx?$|^libs/testkit/|fixtures|-spec\\.ts$|/contract/|/open-test-|/testing/|/e2e/',
      },
      to: { path: '^libs/(testkit/|service-kit/src/testing/)' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    // TypeScript 7 has no compiler API: without swc this tool would see no module at all.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|drizzle)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
    combinedDependencies: true,
  },
}
