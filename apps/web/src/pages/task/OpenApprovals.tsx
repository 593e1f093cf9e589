import type { Approval, BornTask, PlanVersion } from '@maestro/task-model/task'
import { Hand } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { useApp } from '../../shell/app-context.ts'
import { formatPlural } from '../../ui/format-count.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { askedBecause } from '../approval/asked-because.ts'
import { planEvidence } from '../approval/plan-evidence.ts'
import { silenceWords } from '../approval/silence-words.ts'
import { PriceBesideOneAgent } from '../plan-price/PriceBesideOneAgent.tsx'
import { AnswerForm } from '../approval/AnswerForm.tsx'
import { useTaskSession, useView } from './task-context.ts'
import { whyNot } from './why-not.ts'

// A plan is changed rarely before it is approved: what that needs comes when it is asked for.
const ApproveEdited = lazyPart(() =>
  import('../approval/ApproveEdited.tsx').then((module) => module.ApproveEdited),
)

const PlanAsked = lazyPart(() => import('../plan/PlanAsked.tsx').then((module) => module.PlanAsked))

type Props = { onLook: (approval: Approval) => void }

/** What this task asks, where it is read: above whatever one looks at. */
export const OpenApprovals = ({ onLook }: Props) => {
  const { taskId } = useTaskSession()
  const task = useView((view) => view.task)
  const headTask = useView((view) => view.headTask)
  const head = useView((view) => view.head)
  const isReplay = useView((view) => view.mode === 'replay')
  const { socket } = useApp()
  const isLost = useStore(socket.state).status === 'lost'
  const [edited, setEdited] = useState<string | null>(null)
  const approvals = useMemo(
    () =>
      task.status === 'unborn'
        ? []
        : Object.values<Approval>(task.approvals).filter(({ status }) => status === 'open'),
    [task],
  )
  if (task.status === 'unborn' || approvals.length === 0) return null
  const unavailable =
    whyNot('decide', headTask, isReplay) ??
    (isLost ? 'Live updates are lost: this may be decided already' : null)
  return (
    <section
      id="approvals"
      aria-label="Needs you"
      className="max-h-[45vh] has-[.cm-editor]:max-h-[70vh] has-[[aria-expanded=true]]:max-h-[65vh] shrink-0 scroll-pb-24 overflow-y-auto max-md:max-h-none short:max-h-none border-b border-waiting"
    >
      {approvals.map((approval) => (
        <article
          key={approval.approvalId}
          tabIndex={-1}
          data-approval
          className="flex flex-col gap-2.5 border-l-3 border-waiting px-4 py-3 not-first:border-t not-first:border-t-line"
        >
          <div className="flex items-start gap-2.5">
            <Hand aria-hidden size={18} className="mt-[3px] shrink-0 text-waiting" />
            <div className="min-w-0 grow">
              <p className="text-16 font-medium">{approval.ask}</p>
              <p className="facts tnum mt-0.5 text-13 text-text-2">
                {askedBecause(approval, task) !== null && (
                  <span>{askedBecause(approval, task)}</span>
                )}
                <span>{effectOf(approval, task)}</span>
                <span>
                  {silenceWords(approval)} <RelativeTime isAhead at={approval.expiresAt} />
                </span>
                <button
                  type="button"
                  onClick={() => onLook(approval)}
                  className="rounded-4 font-medium text-accent underline underline-offset-2 pointer-coarse:min-h-11"
                >
                  {lookWords(approval)}
                </button>
              </p>
            </div>
          </div>
          {approval.kind === 'plan' && (
            <div className="flex flex-wrap items-center gap-x-8 gap-y-2 pl-7">
              <PriceBesideOneAgent taskId={taskId} version={approval.planVersion} />
              <Evidence plan={task.versions.find(isOf(approval))} />
              <PlanAsked task={task} version={approval.planVersion} />
            </div>
          )}
          {edited === approval.approvalId && (
            <ApproveEdited
              task={task}
              seen={{ ...approval, seq: head }}
              unavailable={unavailable}
              onClose={() => setEdited(null)}
            />
          )}
          <div className="pl-7">
            <AnswerForm
              approval={approval}
              seen={{ ...approval, seq: head }}
              unavailable={unavailable}
              onEdit={() => setEdited(approval.approvalId)}
            />
          </div>
        </article>
      ))}
    </section>
  )
}

const isOf =
  ({ planVersion }: Approval) =>
  ({ version }: PlanVersion) =>
    version === planVersion

/** What is known for and against a plan, before anybody decides about it. */
const Evidence = ({ plan }: { plan: PlanVersion | undefined }) =>
  plan !== undefined && (
    <ul aria-label="What its observers say" className="tnum text-13 text-text-2">
      {planEvidence(plan).map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  )

const lookWords = ({ kind, stepId, planVersion }: Approval): string => {
  if (kind === 'plan') return `Read version ${planVersion}`
  if (kind === 'budget') return 'Look at what it cost'
  return stepId === null ? 'Look at the draft' : 'Look at the step'
}

/** Only the step that asks waits. */
const waitingKinds: ReadonlySet<Approval['kind']> = new Set(['tool', 'question', 'agent'])

const effectOf = (approval: Approval, task: BornTask): string => {
  if (approval.kind === 'plan')
    return `Starts ${formatPlural(task.order.length, 'step')} by ${formatPlural(Object.keys(task.agents).length, 'agent')}`
  if (waitingKinds.has(approval.kind)) return 'Its step waits; everything else goes on'
  if (approval.kind === 'failure') return 'It waits; everything else goes on'
  if (approval.kind === 'budget') return 'The task waits; it goes on when there is money again'
  const step = approval.stepId === null ? undefined : task.steps[approval.stepId]
  const waiting = task.order.filter(
    (stepId) => approval.stepId !== null && task.steps[stepId]?.needs.includes(approval.stepId),
  ).length
  return `Starts “${step?.title ?? approval.stepId}”${waiting > 0 ? `; ${formatPlural(waiting, 'step waits', 'steps wait')} for it` : ''}`
}
