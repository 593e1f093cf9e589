import { formatBytes } from '../ui/format-count.ts'

export type StepFacts = {
  /** Under which it runs, as the plan says it. */
  readonly condition?: string | undefined
  /** Null: nobody has looked yet. */
  readonly holds?: boolean | null
  readonly isCritical?: boolean | undefined
  /** Bytes of what its needs hand over to it, */
  readonly gets: number
  /** and of what it hands on; left out until that is there. */
  readonly gives?: number | undefined
}

/** What the lines of a plan show of a step, for those who hear it or see it without lines. */
export const factSentences = ({
  condition,
  holds = null,
  isCritical,
  gets,
  gives,
}: StepFacts): readonly string[] =>
  [
    condition !== undefined && `Runs only if ${condition}.`,
    holds !== null && (holds ? 'Its condition holds.' : 'Its condition does not hold.'),
    isCritical === true && 'On the critical path.',
    gets > 0 && `Gets ${formatBytes(gets)}.`,
    gives !== undefined && `Gives ${formatBytes(gives)}.`,
  ].filter((sentence) => sentence !== false)
