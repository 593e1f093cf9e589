import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { startDemo } from './fixtures/demo.ts'
import { demoGoal } from './fixtures/demo-plan.ts'
import { hostileGoal, startHostile } from './fixtures/hostile.ts'
import { openFixtures } from './fixtures/open-fixtures.ts'

// A Maestro of its own with the tasks that the console is tested with, for people who want to look at them.

const bigEventsPerSecond = 200
/** As many as ten minutes of it need. */
const bigToolTurns = 30

const named = process.argv.slice(2)
const isWanted = (name: string) => named.length === 0 || named.includes(name)

const system = await startTestSystem({ withConsole: true })
const fixtures = openFixtures(system)
const lines: string[] = []
let stopPlaying: () => Promise<unknown> = async () => undefined
if (isWanted('demo')) {
  const taskId = await fixtures.load(startDemo(), { goal: demoGoal })
  lines.push(`demo, 40 steps in 980 events: ${system.consoleUrl}/tasks/${taskId}`)
}
if (isWanted('hostile')) {
  const taskId = await fixtures.load(startHostile(), { goal: hostileGoal })
  lines.push(`hostile, the worst words that may come: ${system.consoleUrl}/tasks/${taskId}`)
}
if (isWanted('big')) {
  const big = await fixtures.loadBig({ toolTurns: bigToolTurns })
  stopPlaying = fixtures.play(big, bigEventsPerSecond)
  const what = `big, 1,000 steps and ${bigEventsPerSecond} events a second`
  lines.push(`${what}: ${system.consoleUrl}/tasks/${big.taskId}`)
}
process.stdout.write(`
  Open   ${system.consoleUrl}/?token=${system.token}

${lines.map((line) => `  ${line}`).join('\n')}

  Ctrl-C ends it; nothing of it is kept.

`)

const stop = async () => {
  await stopPlaying()
  await fixtures.close()
  await system.stop()
  process.exit(0)
}
process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())
