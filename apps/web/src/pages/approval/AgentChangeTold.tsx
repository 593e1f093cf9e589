import type { AgentQuestion } from '@maestro/contracts/task/agent-question'
import { messageOf } from '../../api/request-id.ts'
import { Button } from '../../ui/Button.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { AgentDiff } from '../task/inspector/AgentDiff.tsx'
import { type AgentText, useAgentText } from '../task/inspector/agent-text.ts'

type Props = {
  change: AgentQuestion
  /** What it would be, or is; left out: what was proposed. */
  after?: AgentText | null
}

/** Why an agent is to be another, what of it, word by word, and whose next attempts that changes. */
export const AgentChangeTold = ({ change, after }: Props) => {
  const { name, version, reason, uses } = change
  const was = useAgentText(change.before)
  const is = useAgentText(change.after)
  const [first, ...others] = uses
  const error = was.error ?? is.error
  const shown = after ?? is.text
  return (
    <div className="flex max-w-[720px] flex-col gap-2 text-14">
      <p className="break-words">{reason}</p>
      <p className="text-13 text-text-2">
        {name}, version {version} → {version + 1}
        {first !== undefined && `. “${first.title}” begins anew with it`}
        {others.length > 0 &&
          `; then it does ${others.map(({ title }) => `“${title}”`).join(', ')}`}
        .
      </p>
      {error !== null && (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-13 text-failed">
          {messageOf(error)}
          <Button
            size="small"
            onClick={() => {
              was.retry()
              is.retry()
            }}
          >
            Try again
          </Button>
        </p>
      )}
      {error === null && (was.text === null || shown === null) && (
        <SkeletonRows rows={2} label="Loading what would change" />
      )}
      {was.text !== null && shown !== null && <AgentDiff before={was.text} after={shown} />}
    </div>
  )
}
