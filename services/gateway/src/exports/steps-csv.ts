import type { StepTime } from '@maestro/contracts/timeline/analytics-endpoints'
import { csvLine } from '../routes/csv-line.ts'

const times = ['queueMs', 'modelMs', 'toolMs', 'personMs', 'backoffMs', 'otherMs'] as const
const heads = [
  'step',
  'agent',
  'attempts',
  'startedAt',
  'endedAt',
  'durationMs',
  ...times,
  'slackMs',
  'critical',
] as const

/** One line for each step that was run, with where its time went. */
export const stepsCsv = (steps: readonly StepTime[]): string =>
  csvLine(heads) +
  steps
    .map((step) =>
      csvLine([
        step.stepId,
        step.agent,
        step.attempts,
        step.startedAt,
        step.endedAt,
        step.durationMs,
        ...times.map((name) => step.time[name]),
        step.slackMs,
        step.isCritical ? 'yes' : 'no',
      ]),
    )
    .join('')
