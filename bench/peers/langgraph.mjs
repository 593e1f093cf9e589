// The diamond of ten steps on LangGraph.js with its Postgres checkpointer. Told what to do by its environment;
// says what came of it as one line of JSON. Plain JavaScript: its packages are there only when the benchmark runs.
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'

const { POSTGRES_URL, PREFIX, TASKS, AT_ONCE, ANSWER_MS, ANSWER_BYTES, FINISHED_FILE } = process.env
const answer = 'x'.repeat(Number(ANSWER_BYTES))

const saver = PostgresSaver.fromConnString(POSTGRES_URL)
await saver.setup()

const State = Annotation.Root({
  answers: Annotation({ reducer: (one, other) => ({ ...one, ...other }), default: () => ({}) }),
})
const step = (name) => async (_state, config) => {
  await sleep(Number(ANSWER_MS))
  // Written before the step is over, so that a step that is run again after it is seen.
  if (FINISHED_FILE) appendFileSync(FINISHED_FILE, `${config.configurable.thread_id} ${name}\n`)
  return { answers: { [name]: answer } }
}
const middle = Array.from({ length: 8 }, (_, index) => `step-${index + 1}`)
let builder = new StateGraph(State).addNode('step-0', step('step-0')).addEdge(START, 'step-0')
for (const name of middle) builder = builder.addNode(name, step(name)).addEdge('step-0', name)
builder = builder.addNode('step-9', step('step-9')).addEdge(middle, 'step-9').addEdge('step-9', END)
const graph = builder.compile({ checkpointer: saver })

const run = async (id) => {
  // Each step's checkpoint is written before the next one starts, as Maestro's events are.
  const config = { configurable: { thread_id: id }, durability: 'sync' }
  const { next, values } = await graph.getState(config)
  if (next.length === 0 && values.answers?.['step-9'] !== undefined) return null
  const startedAt = performance.now()
  await graph.invoke(next.length === 0 ? { answers: {} } : null, config)
  return performance.now() - startedAt
}

process.stdout.write('ready\n')
const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
const taskMs = []
let begun = 0
const worker = async () => {
  while (begun < Number(TASKS)) {
    const id = `${PREFIX}-${begun}`
    begun += 1
    const ms = await run(id)
    if (ms !== null) taskMs.push(ms)
  }
}
await Promise.all(Array.from({ length: Number(AT_ONCE) }, worker))
const { user, system } = process.cpuUsage(cpuBefore)
const totalMs = performance.now() - startedAt
process.stdout.write(`${JSON.stringify({ totalMs, taskMs, cpuMs: (user + system) / 1_000 })}\n`)
await saver.end()
