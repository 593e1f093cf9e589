import type { StepStatus, TaskStatus } from '@maestro/contracts/task/task-status'

/** `$1,234.50`; four decimals below a dollar. A cost that would read as nothing says so. */
export const moneyWords = (nanoUsd: number): string => {
  if (nanoUsd === 0) return '$0.00'
  if (nanoUsd < 50_000) return '<$0.0001'
  const digits = nanoUsd < 999_950_000 ? 4 : 2
  return `$${(nanoUsd / 1e9).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `340 ms`, `12.4 s`, `7 m 41 s`, `2 h 14 m`, `3 d 2 h`. */
export const durationWords = (ms: number): string => {
  if (ms < secondMs) return `${Math.round(ms)} ms`
  if (ms < minuteMs) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  const [large, unit, small, rest] =
    ms < hourMs
      ? [minuteMs, 'm', secondMs, 's']
      : ms < dayMs
        ? [hourMs, 'h', minuteMs, 'm']
        : [dayMs, 'd', hourMs, 'h']
  return `${Math.floor(ms / large)} ${unit} ${Math.floor((ms % large) / small)} ${rest}`
}

/** `2026-03-14 14:03 UTC`: whoever is handed the report may be anywhere. */
export const dateWords = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`

/** `1,234`. */
export const countWords = (count: number): string => count.toLocaleString('en-US')

/** `1 step`, `2 steps`. */
export const numberOf = (count: number, word: string): string =>
  `${countWords(count)} ${word}${count === 1 ? '' : 's'}`

export const taskStatusWords: Readonly<Record<TaskStatus, string>> = {
  drafting: 'Plan is being drafted',
  'awaiting-approval': 'Waits for an approval',
  running: 'Running',
  paused: 'Paused',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const stepStatusWords: Readonly<Record<StepStatus, string>> = {
  'not-ready': 'not ready',
  queued: 'queued',
  running: 'running',
  retrying: 'retrying',
  'needs-you': 'needs a person',
  paused: 'paused',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
  'cut-off': 'cut off for money',
  reused: 'reused',
}

/** `a long text that` → `a long te…`; never half a character. */
export const shortened = (text: string, charactersMax: number): string => {
  const characters = Array.from(text.slice(0, charactersMax * 2 + 2))
  return characters.length <= charactersMax
    ? text
    : `${characters.slice(0, charactersMax - 1).join('')}…`
}
