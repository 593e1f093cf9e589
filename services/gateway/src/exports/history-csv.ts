import { Actor } from '@maestro/contracts/actor'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { csvLine } from '../routes/csv-line.ts'
import type { TaskHistory } from './task-history.ts'

const heads = ['seq', 'time', 'type', 'actor', 'step', 'data'] as const

const lineOf = ({ seq, time, type, data: { taskId: _same, actor, ...data } }: CloudEvent): string =>
  csvLine([
    seq,
    time,
    type.slice('maestro.'.length),
    Actor.safeParse(actor).data?.id ?? null,
    typeof data['stepId'] === 'string' ? data['stepId'] : null,
    JSON.stringify(data),
  ])

/** One line for each event; what the columns leave out stands in `data`. */
export const historyCsv = async function* ({ pages }: TaskHistory) {
  yield csvLine(heads)
  for await (const events of pages()) yield events.map(lineOf).join('')
}
