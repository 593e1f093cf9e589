import type { HttpNewTask, HttpTaskOptions } from '@maestro/contracts/gateway/http-task'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { UsdText } from '@maestro/contracts/money/nano-usd'
import type { QueuePriority } from '@maestro/contracts/queue/queue-endpoints'
import { goalCharactersMax } from '@maestro/contracts/task/task-endpoints'
import { defaultTaskOptions, type TaskOptions } from '@maestro/contracts/task/task-options'
import type { z } from 'zod'
import type { InputFile } from './input-file.ts'
import {
  type MoreOptions,
  type NumberProblems,
  problemsOfNumbers,
  toHttpOptions,
  usualOptions,
} from './more-options.ts'

export type NewTaskForm = {
  readonly goal: string
  readonly files: readonly InputFile[]
  readonly autonomy: TaskOptions['autonomy']
  /** As typed; empty: only the global limit holds. */
  readonly costUsd: string
  readonly minutes: string
  /** Null: what is configured, in its order. */
  readonly providers: readonly ProviderName[] | null
  readonly more: MoreOptions
  readonly start: 'now' | 'queue'
  readonly priority: QueuePriority
}

export const emptyForm: NewTaskForm = {
  goal: '',
  files: [],
  autonomy: defaultTaskOptions.autonomy,
  costUsd: '',
  minutes: String(defaultTaskOptions.limits.durationMs / 60_000),
  providers: null,
  more: usualOptions,
  start: 'now',
  priority: 'normal',
}

export type FormProblems = Partial<
  Record<'goal' | 'costUsd' | 'minutes' | 'providers', string> & { more: NumberProblems }
>

const minutesMax = 7 * 24 * 60
const wholeNumber = (text: string, min: number, max: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max

export const problemsOf = (form: NewTaskForm): FormProblems => {
  const cost = form.costUsd.trim()
  const more = problemsOfNumbers(form.more)
  return {
    ...(form.goal.trim() === '' ? { goal: 'Say what you want to have at the end.' } : {}),
    ...(form.goal.length > goalCharactersMax
      ? { goal: 'A goal has at most 20,000 characters; put longer texts into a file.' }
      : {}),
    ...(cost !== '' && !(UsdText.safeParse(cost).success && Number(cost) > 0)
      ? { costUsd: 'An amount in dollars, such as 0.50; empty for no limit of its own.' }
      : {}),
    ...(wholeNumber(form.minutes, 1, minutesMax)
      ? {}
      : { minutes: 'A whole number of minutes, from 1 to 10080.' }),
    ...(Object.keys(more).length === 0 ? {} : { more }),
    ...(form.providers?.length === 0 ? { providers: 'Choose at least one provider.' } : {}),
  }
}

/** How it is to run; only for options without problems. */
export const toOptions = (form: Omit<NewTaskForm, 'goal' | 'files'>): HttpTaskOptions => {
  const more = toHttpOptions(form.more)
  return {
    autonomy: form.autonomy,
    ...(form.providers === null ? {} : { providers: [...form.providers] }),
    ...more,
    limits: {
      ...more.limits,
      ...(form.costUsd.trim() === '' ? {} : { costUsd: form.costUsd.trim() }),
      durationMs: Number(form.minutes) * 60_000,
    },
  }
}

/** What is sent; only for a form without problems. */
export const toNewTask = (form: NewTaskForm): z.input<typeof HttpNewTask> => ({
  goal: form.goal.trim(),
  inputs: form.files.map(({ name, mediaType, text }) => ({ name, mediaType, text })),
  options: toOptions(form),
})
