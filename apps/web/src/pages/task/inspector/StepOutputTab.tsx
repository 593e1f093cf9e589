import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { Step } from '@maestro/task-model/task'
import { useQuery } from '@tanstack/react-query'
import { payloadTextQuery } from '../../../api/payload-text.ts'
import { useApp } from '../../../shell/app-context.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { FailureText } from '../../../ui/FailureText.tsx'
import { Markdown } from '../../../ui/Markdown.tsx'
import { IncompleteNote } from '../IncompleteNote.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { useCallText, useView } from '../task-context.ts'

export const StepOutputTab = ({ step }: { step: Step | null }) => {
  const isLive = useView((view) => view.mode === 'live')
  const call = step?.calls.findLast(({ purpose }) => purpose === 'step')
  const streamed = useCallText(isLive && call?.status === 'running' ? call.callId : null)
  const isMarkdown = step?.promise.format === 'markdown' && step.forEach === undefined
  if (step?.output)
    return (
      <>
        {step.isIncomplete && <IncompleteNote />}
        {isMarkdown && <CopyOutput output={step.output} />}
        <PayloadText
          key={step.output.sha256}
          payload={step.output}
          as={isMarkdown ? 'markdown' : 'source'}
          label="the output"
        />
      </>
    )
  if (streamed !== '') return <Markdown text={streamed} busy />
  if (step !== null && step.failure !== null)
    return <FailureText text={step.failure} className="text-14 text-text-2" />
  return <p className="text-14 text-text-2">Nothing has come out of this step yet.</p>
}

/** A text that is read as Markdown is copied as it was written; other texts bring a button of their own. */
const CopyOutput = ({ output }: { output: PayloadRef }) => {
  const { data } = useQuery(payloadTextQuery(useApp().http, output))
  if (data === undefined) return null
  return (
    <p className="mb-2 flex justify-end">
      <CopyButton text={data} label="Copy" name="Copy the output as Markdown" look="secondary" />
    </p>
  )
}
