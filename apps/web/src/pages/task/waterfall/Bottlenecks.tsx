import type { Stretch } from '@maestro/task-model/time/divide-time'
import type { ReactNode } from 'react'
import { formatDuration } from '../../../ui/format-time.ts'
import { Disclosure } from '../Disclosure.tsx'
import { formatShare } from './format-share.ts'
import { pieceLabels } from './span-look.ts'
import { ShareRow } from './ShareRow.tsx'
import { timeWords } from './time-words.ts'
import type { Waterfall } from './waterfall-rows.ts'

type Props = {
  bottlenecks: Waterfall['bottlenecks']
  onSelect: (stepId: string) => void
  /** Shows a stretch of time alone. */
  onStretch: (stretch: Stretch) => void
}

/** Where a task would become faster: steps that the end waited for longest, what was waited for, and whose steps took the time. */
export const Bottlenecks = ({ bottlenecks, onSelect, onStretch }: Props) => {
  const { steps, waits, agents } = bottlenecks
  const [wait, step] = [waits[0], steps[0]]
  if (step === undefined) return null
  const most = [
    ...(wait === undefined ? [] : [{ ...wait, name: pieceLabels[wait.kind], ms: lengthOf(wait) }]),
    { ...step, name: `“${step.title}”` },
  ].map(({ name, ms, share }) => `${name} ${formatDuration(ms)}, ${formatShare(share)}`)
  return (
    <Disclosure title={`Bottlenecks: ${most.join(' · ')}`}>
      {() => (
        <div className="grid gap-x-8 gap-y-3 @4xl:grid-cols-3">
          <Column title="Steps of the critical path">
            {steps.map(({ stepId, title, time, ms, share }) => (
              <ShareRow
                key={stepId}
                name={title}
                detail={timeWords(time).join(' · ')}
                ms={ms}
                share={share}
                onPress={() => onSelect(stepId)}
              />
            ))}
          </Column>
          {waits.length > 0 && (
            <Column title="Waits">
              {waits.map((one) => (
                <ShareRow
                  key={`${one.stepId} ${one.fromMs}`}
                  name={one.title}
                  detail={pieceLabels[one.kind]}
                  ms={lengthOf(one)}
                  share={one.share}
                  onPress={() => onStretch(one)}
                />
              ))}
            </Column>
          )}
          <Column title="Agents, by the time of all steps">
            {agents.map(({ agent, ms, share }) => (
              <ShareRow key={agent} name={agent} ms={ms} share={share} />
            ))}
          </Column>
        </div>
      )}
    </Disclosure>
  )
}

const lengthOf = ({ fromMs, toMs }: Stretch) => toMs - fromMs

const Column = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="min-w-0">
    <h3 className="text-12 font-medium text-text-3">{title}</h3>
    <ol>{children}</ol>
  </section>
)
