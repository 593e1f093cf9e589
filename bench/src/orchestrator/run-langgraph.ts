import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { answerBytes, answerMs } from './diamond.ts'
import { peersFolder } from './install-peers.ts'
import { tasksAtOnce } from './measured.ts'

/** As `langgraph.mjs` says it. */
type LangGraphOutcome = { totalMs: number; taskMs: number[]; cpuMs: number }

/** LangGraph.js in a process of its own. */
type LangGraphRun = {
  child: ChildProcess
  ready: Promise<void>
  /** Null when it was killed. */
  outcome: Promise<LangGraphOutcome | null>
}

export const runLangGraph = ({
  postgresUrl,
  prefix,
  tasks,
  finishedFile = '',
}: {
  postgresUrl: string
  /** Of the names of its tasks; the same again goes on with those that have not ended. */
  prefix: string
  tasks: number
  /** Gets a line for each step that has done its work. */
  finishedFile?: string
}): LangGraphRun => {
  const child = spawn(process.execPath, [join(peersFolder, 'langgraph.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      POSTGRES_URL: postgresUrl,
      PREFIX: prefix,
      TASKS: String(tasks),
      AT_ONCE: String(tasksAtOnce),
      ANSWER_MS: String(answerMs),
      ANSWER_BYTES: String(answerBytes),
      FINISHED_FILE: finishedFile,
    },
  })
  const ended = once(child, 'exit')
  const ready = Promise.withResolvers<void>()
  const read = async () => {
    let outcome: LangGraphOutcome | null = null
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'ready') ready.resolve()
      else outcome = JSON.parse(line) as LangGraphOutcome
    }
    const [code] = (await ended) as [number | null]
    ready.resolve()
    if (code !== 0 && code !== null) throw new Error(`LangGraph.js ended with ${code}`)
    return outcome
  }
  return { child, ready: ready.promise, outcome: read() }
}
