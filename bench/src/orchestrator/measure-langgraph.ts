import type postgres from 'postgres'
import { cpuMsOfFamily } from '../budget/cpu-of.ts'
import { quantile } from '../crash/recovery-times.ts'
import { databaseBytes } from './database-bytes.ts'
import { stepsPerDiamond } from './diamond.ts'
import { type Measured, tasksMeasured, tasksOfWarmUp } from './measured.ts'
import { runLangGraph } from './run-langgraph.ts'

/** The same graph on LangGraph.js, whose steps wait and answer in its own process: it asks nobody over a wire. */
export const measureLangGraph = async (
  admin: postgres.Sql,
  {
    postgresUrl,
    database,
    postgresPid,
  }: { postgresUrl: string; database: string; postgresPid: number },
): Promise<Measured> => {
  await runLangGraph({ postgresUrl, prefix: 'warm-up', tasks: tasksOfWarmUp }).outcome
  const bytesBefore = await databaseBytes(admin, [database])
  const cpuBefore = cpuMsOfFamily(postgresPid)
  const run = runLangGraph({ postgresUrl, prefix: 'measured', tasks: tasksMeasured })
  const outcome = await run.outcome
  if (outcome === null) throw new Error('LangGraph.js said nothing')
  const serverCpuMs = cpuMsOfFamily(postgresPid) - cpuBefore
  const bytes = (await databaseBytes(admin, [database])) - bytesBefore
  return {
    name: 'LangGraph.js',
    stepsPerSecond: (tasksMeasured * stepsPerDiamond * 1_000) / outcome.totalMs,
    taskP50Ms: quantile(outcome.taskMs, 0.5),
    taskP99Ms: quantile(outcome.taskMs, 0.99),
    cpuMsPerTask: (outcome.cpuMs + serverCpuMs) / tasksMeasured,
    bytesPerTask: bytes / tasksMeasured,
  }
}
