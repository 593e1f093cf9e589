import { once } from 'node:events'
import { TaskId } from '@maestro/contracts/ids'
import { connectDatabase } from '@maestro/service-kit/database'
import { type EventRow, eventsFromRow } from './store/event-row.ts'

// `npm run events -- <task id>`: events stand packed in their table, and whoever looks for what is wrong wants to
// read them, whether the services run or not.

/** Rows that are held at once. */
const rowsAtOnce = 100

const { POSTGRES_URL: postgresUrl = '' } = process.env
const wanted = TaskId.safeParse(process.argv[2])
const sql = connectDatabase(postgresUrl, { connectionsMax: 1 })

const say = async (line: string) => {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}
const fail = (reason: string) => {
  process.stderr.write(`✗ ${reason}\n`)
  process.exitCode = 1
}
/** @returns how many there are. */
const printAll = async (taskId: TaskId): Promise<number> => {
  const rows = sql<EventRow[]>`
    select task_id as "taskId", seq, packed, type, at, actor, data, traceparent from task_events
    where task_id = ${taskId} order by seq`
  let count = 0
  for await (const some of rows.cursor(rowsAtOnce)) {
    for (const row of some) {
      count += 1
      try {
        for (const { seq, at, type, actor, data, traceparent } of eventsFromRow(row)) {
          await say(JSON.stringify({ seq, at, type, actor, data, traceparent }))
        }
      } catch (error) {
        // What stands behind it may be whole.
        fail(error instanceof Error ? error.message : String(error))
      }
    }
  }
  return count
}
try {
  if (!wanted.success) fail('a task id looks like task_01j…')
  else if ((await printAll(wanted.data)) === 0) fail(`${wanted.data} has no events here`)
} catch (error) {
  fail(`the events cannot be read: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  await sql.end({ timeout: 1 })
}
