import type { BornTask, PlanVersion } from '@maestro/task-model/task'
import { Check, CircleAlert, CircleDashed, Minus, RotateCw, TriangleAlert } from 'lucide-react'
import { Disclosure } from '../Disclosure.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { type FindingRow, findingRows } from './draft-rows.ts'

type Props = { task: BornTask; plan: PlanVersion }

const observers = [
  { name: 'agent-observer', label: 'AgentObserver', about: 'the team' },
  { name: 'plan-observer', label: 'PlanObserver', about: 'the plan' },
] as const

const severities = {
  blocker: { icon: CircleAlert, tone: 'text-failed', label: 'Blocker' },
  major: { icon: TriangleAlert, tone: 'text-waiting', label: 'Major' },
  minor: { icon: Minus, tone: 'text-neutral', label: 'Minor' },
} as const

/** What both observers say of this very version. */
export const Verdicts = ({ task, plan }: Props) => (
  <div className="min-w-0">
    {observers.map(({ name, label, about }) => {
      const verdict = plan.verdicts[name]
      return (
        <section key={name} aria-label={label} className="border-b border-line px-4 py-4">
          <header className="flex items-baseline justify-between gap-3">
            <h2 className="text-14 font-semibold">
              {label} <span className="font-normal text-text-3">on {about}</span>
            </h2>
            <span className="tnum text-14 font-semibold">{verdict?.score.toFixed(2) ?? ''}</span>
          </header>
          <p className="mt-1 text-13">
            <VerdictMark verdict={verdict?.verdict ?? null} isGiven={plan.author === 'person'} />
          </p>
          {verdict && verdict.summary !== '' && (
            <p className="mt-1 text-13 text-text-2">{verdict.summary}</p>
          )}
          {verdict?.criteria !== undefined && (
            <p className="tnum mt-1 text-13 text-text-2">
              {Object.entries(verdict.criteria)
                .flatMap(([name, score]) =>
                  score === undefined ? [] : [`${name} ${score.toFixed(2)}`],
                )
                .join(' · ')}
            </p>
          )}
          <RoleOf task={task} callId={verdict?.callId} />
          <ul className="mt-3 flex flex-col gap-3">
            {findingRows(task, plan, name).map((finding) => (
              <Finding key={finding.findingId} finding={finding} />
            ))}
          </ul>
        </section>
      )
    })}
  </div>
)

/** Which words the observer went by; they are kept with its verdict. */
const RoleOf = ({ task, callId }: { task: BornTask; callId: string | undefined }) => {
  const used = task.drafting.calls.find((call) => call.callId === callId)?.used
  if (used === undefined) return null
  return (
    <Disclosure title={`Role ${used.name}, version ${used.version}`}>
      {() => <PayloadText payload={used.prompt} label={`the role ${used.name}`} />}
    </Disclosure>
  )
}

const VerdictMark = ({
  verdict,
  isGiven,
}: {
  verdict: 'approve' | 'revise' | null
  isGiven: boolean
}) => {
  if (verdict === 'approve')
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-done">
        <Check aria-hidden size={15} />
        Approves this version
      </span>
    )
  if (verdict === 'revise')
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-waiting">
        <RotateCw aria-hidden size={15} />
        Asks for changes
      </span>
    )
  return (
    <span className="inline-flex items-center gap-1.5 text-text-3">
      <CircleDashed aria-hidden size={15} />
      {isGiven ? 'Was not asked: the plan came with the task' : 'Has not judged this version'}
    </span>
  )
}

const replyWords = ({ addressed, isUnanswered }: NonNullable<FindingRow['reply']>): string => {
  if (isUnanswered === true) return 'Not answered'
  return addressed ? 'Addressed' : 'Declined'
}

const Finding = ({ finding }: { finding: FindingRow }) => {
  const { icon: Icon, tone, label } = severities[finding.severity]
  return (
    <li className="text-13">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className={`inline-flex items-center gap-1 font-medium ${tone}`}>
          <Icon aria-hidden size={14} />
          {label}
        </span>
        <span className="font-mono text-12 text-text-3">{finding.target}</span>
      </p>
      <p className="mt-0.5 text-text">{finding.text}</p>
      {finding.reply !== null && (
        <p className="mt-0.5 text-text-2">
          <span
            className={
              finding.reply.addressed ? 'font-medium text-done' : 'font-medium text-text-2'
            }
          >
            {replyWords(finding.reply)} in version {finding.reply.version}
          </span>
          {finding.reply.note !== '' && `: ${finding.reply.note}`}
        </p>
      )}
    </li>
  )
}
