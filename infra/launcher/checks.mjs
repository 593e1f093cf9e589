// Runs the checks and the tests through turbo and says how they ended: a table, and one line that sums everything up.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { root } from './install.mjs'

const checks = ['format:check', 'lint', 'typecheck', 'architecture', 'dead-code', 'schemas:check']
/** In this order: what is quick to fail comes first. */
const suites = ['unit', 'int', 'e2e']
export const allStages = [...checks, ...suites.map((suite) => `test:${suite}`)]

// Whoever reads may go away; how the run ended is told by its code.
process.stdout.on('error', () => undefined)

const resultsFolder = join(root, '.maestro-test', 'results')
const summariesFolder = join(root, '.turbo', 'runs')

const env = {
  ...process.env,
  // Also when this was not started by npm: turbo, vitest and Node 24 are found there.
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
}

const runTurbo = (tasks, { output, forwarded = [] }) =>
  new Promise((resolve) => {
    const args = [
      'run',
      ...tasks,
      '--continue=always',
      `--output-logs=${output}`,
      '--log-order=grouped',
      '--concurrency=2',
      '--env-mode=loose',
      '--summarize',
      ...(forwarded.length > 0 ? ['--', ...forwarded] : []),
    ]
    rmSync(summariesFolder, { recursive: true, force: true })
    const child = spawn('turbo', args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })

/** What turbo wrote down about the run that has just ended. */
const readSummary = () => {
  if (!existsSync(summariesFolder)) return []
  const [file] = readdirSync(summariesFolder)
  if (file === undefined) return []
  return JSON.parse(readFileSync(join(summariesFolder, file), 'utf8')).tasks
}

const one = (stage, isGood, tookMs, remark = '') => ({
  stage,
  passed: isGood ? 1 : 0,
  failed: isGood ? 0 : 1,
  skipped: 0,
  tookMs,
  remark,
})

/** A tool that looked at nothing has nothing to complain about: dependency-cruiser has to have seen modules. */
const architectureRemark = (logFile) => {
  const seen = /([\d,]+) modules/.exec(readFileSync(join(root, logFile), 'utf8'))?.[1] ?? '0'
  return { isGood: Number(seen.replaceAll(',', '')) > 0, remark: `${seen} modules seen` }
}

const runChecks = async (wanted) => {
  if (wanted.length === 0) return []
  await runTurbo(wanted, { output: 'errors-only' })
  const tasks = readSummary()
  return wanted.map((stage) => {
    const task = tasks.find(({ taskId }) => taskId === `//#${stage}`)
    if (!task) return one(stage, false, 0, 'turbo did not run it')
    // A task whose result was kept from an earlier run has ended well then.
    const {
      exitCode = task.cache.status === 'HIT' ? 0 : 1,
      startTime = 0,
      endTime = 0,
    } = task.execution ?? {}
    const tookMs = endTime - startTime
    if (stage !== 'architecture' || exitCode !== 0) return one(stage, exitCode === 0, tookMs)
    const { isGood, remark } = architectureRemark(task.logFile)
    return one(stage, isGood, tookMs, remark)
  })
}

/**
 * How often a test that fails is tried again. Unit tests never: they are alone with their process. The others share
 * two cores with servers, browsers and whatever else the machine does; a second try keeps one late answer from
 * refusing everything, and the end of the run names each test that needed it, since it may hide a race of ours.
 */
const retriesOf = { unit: 0, int: 1, e2e: 1 }

/** The tests that did not simply pass: how each ended, and what was wrong first. */
const troubleOf = (suite, { testResults }) =>
  testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ failureMessages }) => failureMessages.length > 0)
      .map(({ fullName, status, failureMessages }) => ({
        suite,
        file: relative(root, name),
        fullName,
        ended: status === 'passed' ? 'passed at the second try' : 'failed',
        // Enough for an assertion with the first lines of its difference; the whole stands above.
        message: failureMessages[0].split('\n').slice(0, 6).join('\n    ').slice(0, 600),
      })),
  )

const readTestResult = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const runSuite = async (suite) => {
  const stage = `test:${suite}`
  const file = join(resultsFolder, `${suite}.json`)
  rmSync(file, { force: true })
  mkdirSync(resultsFolder, { recursive: true })
  const startedAtMs = performance.now()
  const code = await runTurbo([stage], {
    output: 'full',
    forwarded: [
      '--passWithNoTests',
      `--retry=${retriesOf[suite]}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
  })
  const tookMs = performance.now() - startedAtMs
  const result = readTestResult(file)
  if (!result) return one(stage, false, tookMs, 'no result was written')
  // A file that could not be loaded or set up has no test that failed.
  const broken = result.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failed = result.numFailedTests + broken
  return {
    stage,
    passed: result.numPassedTests,
    // An error outside of any test fails the run as well.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
    tookMs,
    remark: broken > 0 ? `${broken} files could not be loaded or set up` : '',
    trouble: troubleOf(suite, result),
  }
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const warnWithoutChromium = () => {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const isThere =
    process.env.CHROMIUM_PATH !== undefined ||
    chromiumNames.some((name) => folders.some((folder) => existsSync(join(folder, name))))
  if (isThere) return
  process.stdout.write(
    '\n  !!! NO CHROMIUM ON THIS MACHINE: the tests that drive the console are skipped.\n' +
      '  !!! Install it (apt-get install chromium) or set CHROMIUM_PATH.\n\n',
  )
}

const column = (value, width) => String(value).padStart(width)

const printTable = (results) => {
  process.stdout.write(`\n  ${'Stage'.padEnd(16)}  passed  failed  skipped     time\n`)
  for (const { stage, passed, failed, skipped, tookMs, remark } of results) {
    const mark = failed > 0 ? '✗' : ' '
    process.stdout.write(
      `${mark} ${stage.padEnd(16)}${column(passed, 8)}${column(failed, 8)}${column(skipped, 9)}${column((tookMs / 1_000).toFixed(1), 7)} s  ${remark}\n`,
    )
  }
}

const printTrouble = (results) => {
  for (const { suite, file, fullName, ended, message } of results.flatMap(
    (one) => one.trouble ?? [],
  ))
    process.stdout.write(`\n  ${ended}: ${suite} ${file} > ${fullName}\n    ${message}\n`)
}

/** Runs the stages (all of them when none is named). The last line is the sum; the exit code says whether all is well. */
export const runStages = async (named) => {
  const isWanted = (stage) => named.length === 0 || named.includes(stage)
  const results = await runChecks(checks.filter(isWanted))
  for (const suite of suites.filter((each) => isWanted(`test:${each}`))) {
    if (suite === 'e2e') warnWithoutChromium()
    results.push(await runSuite(suite))
  }
  printTrouble(results)
  printTable(results)
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const skipped = sum('skipped')
  process.stdout.write(
    `\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
  )
  return sum('failed') > 0 ? 1 : 0
}
