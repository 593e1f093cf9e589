import { z } from 'zod'
import type { StreamKind } from '../history/stream-kind.ts'

const daysMax = 3_650

/** How long events of each kind and lines of logs are kept. Tasks count from their end: one that goes on is kept whole. */
export type HistoryDays = Readonly<Record<StreamKind | 'log', number>>

const defaults: HistoryDays = {
  task: 365,
  budget: 365,
  queue: 90,
  provider: 90,
  template: 365,
  system: 30,
  log: 7,
}

const isKind = (name: string): name is keyof HistoryDays => Object.hasOwn(defaults, name)

/** `task=90,queue=14`: what is left out has its default. */
export const HistoryDays = z
  .string()
  .default('')
  .transform((text, context): HistoryDays => {
    const days = { ...defaults }
    for (const part of text.split(',').filter((one) => one.trim() !== '')) {
      const [name = '', value = ''] = part.split('=').map((one) => one.trim())
      const count = Number(value)
      if (isKind(name) && Number.isInteger(count) && count >= 1 && count <= daysMax) {
        days[name] = count
      } else {
        const kinds = Object.keys(defaults).join(', ')
        context.addIssue(
          `"${part.trim()}" is no retention: write <kind>=<days>, 1 to ${daysMax} days, with a kind of ${kinds}`,
        )
      }
    }
    return days
  })
