import type { Step } from '@maestro/task-model/task'
import { Markdown } from '../../../ui/Markdown.tsx'
import { IncompleteNote } from '../IncompleteNote.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { useCallText, useView } from '../task-context.ts'

export const StepOutputTab = ({ step }: { step: Step | null }) => {
  const isLive = useView((view) => view.mode === 'live')
  const call = step?.calls.findLast(({ purpose }) => purpose === 'step')
  const streamed = useCallText(isLive && call?.status === 'running' ? call.callId : null)
  if (step?.output)
    return (
      <>
        {step.isIncomplete && <IncompleteNote />}
        <PayloadText
          key={step.output.sha256}
          payload={step.output}
          as={
            step.promise.format === 'markdown' && step.forEach === undefined ? 'markdown' : 'source'
          }
          label="the output"
        />
      </>
    )
  if (streamed !== '') return <Markdown text={streamed} busy />
  return (
    <p className="text-14 text-text-2">
      {step?.failure ?? 'Nothing has come out of this step yet.'}
    </p>
  )
}
