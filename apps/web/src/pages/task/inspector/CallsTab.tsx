import type { CallRecord, Step } from '@maestro/task-model/task'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import { useView } from '../task-context.ts'
import { CallEntry } from './CallEntry.tsx'
import { ToolUseEntry } from './ToolUseEntry.tsx'

const toolUsesOf = (step: Step, call: CallRecord) =>
  call.attempt === step.attempt
    ? (step.turns.find(({ callId }) => callId === call.callId)?.toolUses ?? [])
    : []

/** Model and tool calls, in the order in which they were made. */
export const CallsTab = ({ step }: { step: Step | null }) => {
  const isOutline = useView((view) => view.isOutline)
  if (step === null || (step.calls.length === 0 && !isOutline))
    return <p className="text-14 text-text-2">No call has been made for this step yet.</p>
  return (
    <ol className="flex flex-col gap-4">
      {isOutline && (
        <li className="text-14 text-text-2">
          <p role="status">The calls that have finished are on their way.</p>
        </li>
      )}
      {step.calls.map((call) => (
        <li key={call.callId}>
          <CallEntry
            call={call}
            {...(call.purpose === 'observe' && {
              title: `Judge of attempt ${call.attempt}, turn ${call.turn}`,
            })}
          />
          {toolUsesOf(step, call).length > 0 && (
            <ol className="mt-2 ml-3 flex flex-col gap-2 border-l border-line pl-4">
              {toolUsesOf(step, call).map((use) => (
                <li key={use.toolCallId}>
                  <ToolUseEntry use={use} />
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
      {step.failure !== null && (
        <li className="rounded-6 border border-failed p-3 text-13 text-failed">
          <StatusMark look={stepStatusLook.failed} />
          <p className="mt-1">{step.failure}</p>
        </li>
      )}
    </ol>
  )
}
