import { Split } from 'lucide-react'
import { conditionWords } from '../../../graph/condition-words.ts'
import type { StepFacts } from '../../../graph/fact-sentences.ts'
import { formatBytes } from '../../../ui/format-count.ts'

type Props = { facts: StepFacts }

/** Under which condition a step runs, and how much it hands on, as far as there is room: the row says both in words. */
export const RowFacts = ({ facts: { condition, holds = null, gives } }: Props) => (
  <>
    {condition !== undefined && (
      <span className="flex min-w-0 items-center gap-1">
        <Split size={12} className="shrink-0 rotate-90" />
        {/* One that does not hold is why its step was left out, which the row says whole. */}
        {holds !== false && (
          <span className="min-w-0 truncate max-md:hidden">{conditionWords(condition)}</span>
        )}
        {holds === true && <span className="shrink-0 max-md:hidden">· holds</span>}
      </span>
    )}
    {gives !== undefined && (
      <span className="tnum shrink-0">
        <span className="max-md:hidden">gives </span>
        {formatBytes(gives)}
      </span>
    )}
  </>
)
