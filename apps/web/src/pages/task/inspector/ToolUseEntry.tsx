import type { ToolUse } from '@maestro/task-model/task'
import { formatDuration } from '../../../ui/format-time.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { Disclosure } from '../Disclosure.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { useView } from '../task-context.ts'
import { toolLook } from './call-status.ts'

/** One tool call: with what, and what came back. */
export const ToolUseEntry = ({ use }: { use: ToolUse }) => {
  const isLive = useView((view) => view.mode === 'live')
  const { result } = use
  return (
    <article>
      <p className="flex flex-wrap items-center gap-x-3 text-13">
        <span className="font-mono font-medium">{use.tool}</span>
        <StatusMark
          look={use.ok === false ? toolLook.refused : toolLook[use.status]}
          still={!isLive}
        />
        {use.latencyMs !== null && (
          <span className="tnum text-text-3">{formatDuration(use.latencyMs)}</span>
        )}
      </p>
      <Disclosure title="Arguments">
        {() => <PayloadText payload={use.arguments} label={`the arguments of ${use.tool}`} />}
      </Disclosure>
      {result !== null && (
        <Disclosure title="Result">
          {() => <PayloadText payload={result} label={`the result of ${use.tool}`} />}
        </Disclosure>
      )}
    </article>
  )
}
