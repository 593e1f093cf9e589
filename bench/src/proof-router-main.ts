import {
  answerThroughKills,
  brokenClaims,
  type KillsResult,
} from '@maestro/llm-router/testing/proof/answer-through-kills'
import { openTestSystem } from '@maestro/llm-router/testing/open-test-system'
import { type CellResult, runFaultMatrix } from '@maestro/llm-router/testing/proof/run-fault-matrix'
import { startEmbeddedInfrastructure } from '@maestro/testkit/infrastructure/embedded-infrastructure'

const callsDefault = 30_000
const killEveryMs = 4_000
/** It ends by itself, and then as a failure. */
const durationMsMax = 10 * 60_000
const abortMsMax = 100

const moments = ['before', 'during', 'after'] as const
const providers = ['groq', 'gemini', 'ollama'] as const

const callsOf = (words: readonly string[]): number => {
  const at = words.indexOf('--calls')
  if (at === -1) return callsDefault
  const calls = Number(words[at + 1])
  if (Number.isSafeInteger(calls) && calls >= 1 && calls <= 1_000_000) return calls
  throw new Error('--calls takes a number of calls, 1 to 1,000,000')
}

/** @returns how many cells are wrong. */
const printMatrix = (results: readonly CellResult[]): number => {
  console.log(
    'P: the provider that fails. R: the next one. content: before, during, after the first',
  )
  console.log(`\n${'class'.padEnd(18)}${'content'.padEnd(8)}provider  outcome`)
  for (const { cell, seen, wrong, abortMs } of results) {
    const place = `${cell.failureClass.padEnd(18)}${cell.moment.padEnd(8)}${cell.provider.padEnd(8)}`
    if (cell.kind === 'impossible') {
      console.log(`${place}  –  ${cell.why}`)
      continue
    }
    const abort = abortMs === null ? '' : `, connection ended after ${abortMs.toFixed(0)} ms`
    console.log(`${place}  ${wrong.length === 0 ? '✓' : '✗'}  ${seen}${abort}`)
    if (wrong.length > 0)
      console.log(`${' '.repeat(38)}expected ${cell.expected}; ${wrong.join('; ')}`)
  }
  const played = results.filter(({ cell }) => cell.kind === 'possible')
  const wrong = played.filter((result) => result.wrong.length > 0).length
  console.log(
    `\n${results.length} cells: ${played.length} played, ${played.length - wrong} as expected, ${results.length - played.length} that no wire has`,
  )
  if (results.length !== 16 * moments.length * providers.length)
    throw new Error('cells are missing')
  return wrong
}

const printKills = (result: KillsResult): readonly string[] => {
  const seconds = result.elapsedMs / 1_000
  const rows: [string, string | number][] = [
    ['streamed calls', result.calls],
    ['answered', result.answered],
    ['failed', result.failed],
    ['calls with two different answers', result.differing],
    ['calls that the journal has not as answered', result.notJournaled],
    ['kills (kill -9 of a worker)', result.kills],
    ['attempts lost in a kill', result.lost],
    ['requests at the provider', result.requests],
    ['  for a call that was answered', result.requestsAfterAnswer],
    ['  that are on no record', result.unrecorded],
    ['replies that came again, the same', result.repeatedReplies],
    ['seconds', seconds.toFixed(1)],
    ['calls a second', (result.answered / seconds).toFixed(0)],
  ]
  for (const [name, value] of rows) console.log(`${name.padEnd(46)}${String(value).padStart(10)}`)
  if (result.firstFailure !== null) console.log(`the first failure: ${result.firstFailure}`)
  const broken = brokenClaims(result)
  for (const claim of broken) console.log(`✗ does not hold: ${claim}`)
  return broken
}

const calls = callsOf(process.argv.slice(2))
const infrastructure = await startEmbeddedInfrastructure({ given: {}, password: 'test' })
process.env['TEST_POSTGRES_URL'] = infrastructure.postgresUrl
const system = await openTestSystem()
let isProven = false
try {
  const wrong = printMatrix(await runFaultMatrix(system, { abortMsMax }))
  console.log(`\n${calls} calls, 4 workers, a kill every ${killEveryMs / 1_000} s`)
  const result = await answerThroughKills(system, {
    calls,
    kills: calls >= callsDefault ? 5 : 0,
    killEveryMs,
    durationMsMax,
    onProgress: (answered, kills) => console.log(`  ${answered} answered, ${kills} kills`),
  })
  isProven = printKills(result).length === 0 && wrong === 0
} finally {
  await system.stop()
  await infrastructure.stop()
}
console.log(isProven ? '\nproven' : '\nNOT proven')
process.exit(isProven ? 0 : 1)
