import type { Step } from '../task.ts'

/** Which run of a step that becomes several goes on. One that began before runs were counted is the first. */
export const runOf = ({ attempt }: Pick<Step, 'attempt'>): number => Math.max(1, attempt)
