import type { StepId } from '@maestro/contracts/ids'
import { useQuery } from '@tanstack/react-query'
import { rerunFrom, rerunPreviewQuery } from '../../../api/steering.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatPlural } from '../../../ui/format-count.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'
import { useTaskSession } from '../task-context.ts'
import { type ConsequenceRow, ConsequenceTable } from './consequences/ConsequenceTable.tsx'
import { EffectsMade } from './consequences/EffectsMade.tsx'
import { SayWhy } from './SayWhy.tsx'

type Props = { stepId: StepId; onClose: () => void }

/** What a rerun resets and costs, before it is confirmed. If that changes meanwhile, it is refused and says what did. */
export const RerunDialog = ({ stepId, onClose }: Props) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const place = { taskId, stepId }
  const { data, error, refetch } = useQuery(rerunPreviewQuery(http, place))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Run again from here?"
      description="This step and all that follow from it begin anew. Calls of theirs in flight are stopped; what they cost is booked. Their outputs so far stay in the history."
    >
      <div className="flex flex-col gap-4 p-4">
        {error !== null && (
          <QueryFailure what="What it would reset" error={error} onRetry={() => void refetch()} />
        )}
        {error === null && data === undefined && (
          <SkeletonRows rows={3} label="Looking what would be reset" />
        )}
        {data !== undefined && (
          <>
            <ConsequenceTable
              rows={data.steps.map(rowOf)}
              together={{
                spent: `$${data.spentUsd}`,
                expected: inDollars(data.expectedUsd),
              }}
            />
            <EffectsMade
              key={data.steps.map((step) => step.stepId).join(' ')}
              stepIds={data.steps.map((step) => step.stepId)}
            />
            {data.reopened?.map((whole) => (
              <p key={whole.stepId} className="text-13 text-text-2">
                “{whole.title}” goes on with the others that it became
                {whole.leftBehind > 0 &&
                  `; ${formatPlural(whole.leftBehind, 'later round')} ${whole.leftBehind === 1 ? 'is' : 'are'} left behind`}
                .
              </p>
            ))}
            <p className="text-13 text-text-2">
              {data.basis === 'estimate'
                ? 'Expected by what such work has cost so far.'
                : 'Expected by what these steps have cost before.'}
              {data.worstUsd !== null && ` At worst $${data.worstUsd}.`}
            </p>
            <SayWhy
              label="Why is it run again?"
              about={`${stepId}.rerun`}
              verb="Run again"
              needed={null}
              charactersMax={1_000}
              send={(reason) => {
                const { planVersion, steps } = data
                const seen = steps.map(({ stepId: id, status, attempt }) => ({
                  stepId: id,
                  status,
                  attempt,
                }))
                return rerunFrom(http, { ...place, reason, seen: { planVersion, steps: seen } })
              }}
              onTaken={onClose}
              onClose={onClose}
            />
          </>
        )}
      </div>
    </Dialog>
  )
}

type PreviewedStep = {
  readonly stepId: StepId
  readonly title: string
  readonly isRunning: boolean
  readonly parts?: number | undefined
  readonly spentUsd: string
  readonly expectedUsd: string | null
}

const rowOf = (step: PreviewedStep): ConsequenceRow => ({
  key: step.stepId,
  title: step.title,
  notes: [
    ...(step.isRunning ? ['is stopped'] : []),
    ...(step.parts === undefined
      ? []
      : [`with ${formatPlural(step.parts, 'step')} that it became`]),
  ],
  spent: `$${step.spentUsd}`,
  expected: inDollars(step.expectedUsd),
})

const inDollars = (usd: string | null) => (usd === null ? 'not known' : `$${usd}`)
