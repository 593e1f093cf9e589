import type { CallRecord, Step, ToolUse } from '@maestro/task-model/task'
import { useMemo } from 'react'
import { formatCount } from '../../../ui/format-count.ts'
import { FailureText } from '../../../ui/FailureText.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import type { WholeStep } from '../use-whole-step.ts'
import { CallEntry } from './CallEntry.tsx'
import { toolUsesByCall } from './tool-uses-by-call.ts'
import { ToolUseEntry } from './ToolUseEntry.tsx'
import { useStepEvents } from './use-step-events.ts'

type ToolsByCall = ReadonlyMap<CallRecord['callId'], readonly ToolUse[]>
const noTools: ToolsByCall = new Map()

/** Model and tool calls, in the order in which they were made. */
export const CallsTab = ({ step, reading }: { step: Step | null } & Pick<WholeStep, 'reading'>) => {
  if (step === null || (step.calls.length === 0 && reading === null))
    return <p className="text-14 text-text-2">No call has been made for this step yet.</p>
  // Tools of earlier attempts are told by events alone: those are read where there are such attempts.
  return step.calls.some(({ attempt }) => attempt < step.attempt) ? (
    <CallsOfAttempts step={step} reading={reading} />
  ) : (
    <Calls step={step} reading={reading} earlier={noTools} />
  )
}

type Props = { step: Step } & Pick<WholeStep, 'reading'>

const CallsOfAttempts = ({ step, reading }: Props) => {
  const { events, isWhole } = useStepEvents(step.stepId)
  const earlier = useMemo(() => toolUsesByCall(events), [events])
  return (
    <>
      {!isWhole && (
        <p role="status" className="mb-4 text-14 text-text-2">
          What earlier attempts asked of tools is on its way.
        </p>
      )}
      <Calls step={step} reading={reading} earlier={earlier} />
    </>
  )
}

const toolUsesOf = (step: Step, call: CallRecord, earlier: ToolsByCall): readonly ToolUse[] =>
  (call.attempt === step.attempt
    ? step.turns.find(({ callId }) => callId === call.callId)?.toolUses
    : earlier.get(call.callId)) ?? []

const Calls = ({ step, reading, earlier }: Props & { earlier: ToolsByCall }) => (
  <ol className="flex flex-col gap-4">
    {reading !== null && (
      <li className="tnum text-14 text-text-2">
        <p>
          The calls that have finished are being read from the events of this long task
          {reading.of > 0 && `: ${formatCount(reading.read)} of ${formatCount(reading.of)}`}.
        </p>
      </li>
    )}
    {step.calls.map((call) => {
      const uses = toolUsesOf(step, call, earlier)
      return (
        <li key={call.callId}>
          <CallEntry
            call={call}
            {...(call.purpose === 'observe' && {
              title: `Judge of attempt ${call.attempt}, turn ${call.turn}`,
            })}
          />
          {uses.length > 0 && (
            <ol className="mt-2 ml-3 flex flex-col gap-2 border-l border-line pl-4">
              {uses.map((use) => (
                <li key={use.toolCallId}>
                  <ToolUseEntry use={use} />
                </li>
              ))}
            </ol>
          )}
        </li>
      )
    })}
    {step.failure !== null && (
      <li className="rounded-6 border border-failed p-3 text-13 text-failed">
        <StatusMark look={stepStatusLook.failed} />
        <FailureText text={step.failure} className="mt-1" />
      </li>
    )}
  </ol>
)
