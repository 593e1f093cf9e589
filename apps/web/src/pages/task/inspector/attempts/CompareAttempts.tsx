import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { useQueries } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { payloadTextQuery } from '../../../../api/payload-text.ts'
import { messageOf } from '../../../../api/request-id.ts'
import { useApp } from '../../../../shell/app-context.ts'
import { Button } from '../../../../ui/Button.tsx'
import { formatBytes } from '../../../../ui/format-count.ts'
import { Select } from '../../../../ui/Select.tsx'
import { SideBySide } from '../../../../ui/SideBySide.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import { WordDiff } from '../../../../ui/WordDiff.tsx'
import type { StepAttempt } from './step-attempts.ts'

/** Longer texts are not compared word by word: nobody reads such a comparison, and it would hold the page up. */
const comparedBytesMax = 128 * 1024

type Props = {
  attempts: readonly StepAttempt[]
  /** The second one, as the address names it. */
  named: number | undefined
  onNamed: (attempt: number) => void
}
type Said = StepAttempt & { output: PayloadRef }

const hasSaid = (attempt: StepAttempt): attempt is Said => attempt.output !== null

/** What one attempt brought beside what another one did. */
export const CompareAttempts = ({ attempts, named, onNamed }: Props) => {
  const said = attempts.filter(hasSaid)
  const [chosen, setChosen] = useState<string | null>(null)
  const right = said.find(({ attempt }) => attempt === named) ?? said.at(-1)
  // Beside the one before it, unless somebody wants another one.
  const before = said.findLast(({ attempt }) => attempt < (right?.attempt ?? 0))
  const left =
    said.find(({ attempt }) => String(attempt) === chosen) ??
    before ??
    said.find((one) => one !== right)
  const unknown = named !== undefined && !attempts.some(({ attempt }) => attempt === named) && (
    <p role="status" className="text-13 font-medium text-waiting">
      There is no attempt {named} of this step at this moment.
    </p>
  )
  if (left === undefined || right === undefined)
    return (
      <>
        {unknown}
        <p className="text-13 text-text-3">
          {attempts.length < 2
            ? 'There is one attempt: nothing to compare it with.'
            : 'Not two of the attempts have said something that could be compared.'}
        </p>
      </>
    )
  const options = said.map(({ attempt, end }) => ({
    value: String(attempt),
    label: `Attempt ${attempt}${end === 'delivered' ? ', delivered' : ''}`,
  }))
  const now = { left: String(left.attempt), right: String(right.attempt) }
  return (
    <section aria-label="Comparison" className="flex flex-col gap-3">
      <h3 className="text-13 font-semibold">What they said</h3>
      {unknown}
      <div className="grid grid-cols-2 gap-2">
        <Select aria-label="First attempt" value={now.left} options={options} onValue={setChosen} />
        <Select
          aria-label="Second attempt"
          value={now.right}
          options={options}
          onValue={(value) => onNamed(Number(value))}
        />
      </div>
      <Texts key={`${now.left} ${now.right}`} left={left} right={right} />
    </section>
  )
}

const Texts = ({ left, right }: { left: Said; right: Said }) => {
  const { http } = useApp()
  const bytes = Math.max(left.output.bytes, right.output.bytes)
  const isLong = bytes > comparedBytesMax
  const answers = useQueries({
    queries: [left, right].map(({ output }) => ({
      ...payloadTextQuery(http, output),
      enabled: !isLong,
    })),
  })
  const [before, after] = answers.map(({ data }) => data)
  const failed = answers.find(({ isError }) => isError)
  if (isLong)
    return (
      <p className="text-13 text-text-2">
        With {formatBytes(bytes)} these are too long to be compared here. Calls has each of them.
      </p>
    )
  if (failed)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-13 text-failed">
        {messageOf(failed.error)}
        <Button size="small" icon={RotateCw} onClick={() => void failed.refetch()}>
          Try again
        </Button>
      </p>
    )
  if (before === undefined || after === undefined) return <Skeleton className="h-24" />
  if (before === after)
    return <p className="text-13 text-text-2">Both said the same, word for word.</p>
  const label = `What attempt ${right.attempt} says otherwise than attempt ${left.attempt}`
  return (
    <>
      <div className="@max-md:hidden">
        <SideBySide before={before} after={after} label={label} />
      </div>
      <div className="@md:hidden">
        <WordDiff before={before} after={after} label={label} />
        <p className="mt-1 text-12 text-text-3">In a wider inspector they stand side by side.</p>
      </div>
    </>
  )
}
