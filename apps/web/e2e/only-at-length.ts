/** Options of a test that only `npm run test:browser` runs: `npm test` has twenty minutes on two cores, and says that it skips it. */
export const onlyAtLength = { skip: process.env['MAESTRO_BROWSER_TESTS'] !== 'all' }
