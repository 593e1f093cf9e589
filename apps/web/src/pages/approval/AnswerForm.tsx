import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import type { Seen } from './decide-as-seen.ts'
import { DecisionForm } from './DecisionForm.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

// Plans and steps are asked about on most pages: every other form comes when it is needed.
const BudgetForm = lazyPart(() => import('./BudgetForm.tsx').then((module) => module.BudgetForm))
const AgentChangeForm = lazyPart(
  () => import('./AgentChangeForm.tsx').then((module) => module.AgentChangeForm),
  <Skeleton className="h-16" />,
)
const FailureForm = lazyPart(
  () => import('./FailureForm.tsx').then((module) => module.FailureForm),
  <Skeleton className="h-16" />,
)
const QuestionForm = lazyPart(
  () => import('./QuestionForm.tsx').then((module) => module.QuestionForm),
  <Skeleton className="h-16" />,
)
const ToolForm = lazyPart(
  () => import('./ToolForm.tsx').then((module) => module.ToolForm),
  <Skeleton className="h-16" />,
)

type Props = {
  approval: Pick<
    ApprovalSummary,
    'kind' | 'question' | 'toolUse' | 'budget' | 'agentChange' | 'digest' | 'mayDecide'
  >
  /** What the person has before them: the answer holds only for it. */
  seen: Seen
  /** Why nothing can be answered now. */
  unavailable: string | null
  /** Of a plan, where it can be changed before it is approved. */
  onEdit?: () => void
}

/** The answers that fit what is asked. */
export const AnswerForm = ({ approval, seen, unavailable, onEdit }: Props) => {
  const { kind, question, toolUse, budget, agentChange } = approval
  if (budget !== undefined) {
    return <BudgetForm budget={budget} seen={seen} unavailable={unavailable} />
  }
  const digest = approval.digest === undefined ? {} : { digest: approval.digest }
  if (toolUse !== undefined) {
    const Form = kind === 'question' ? QuestionForm : ToolForm
    return <Form toolUse={toolUse} seen={{ ...seen, ...digest }} unavailable={unavailable} />
  }
  if (agentChange !== undefined) {
    return (
      <AgentChangeForm
        change={agentChange}
        seen={{ ...seen, ...digest }}
        unavailable={unavailable}
      />
    )
  }
  return question === undefined ? (
    <DecisionForm
      kind={kind === 'plan' ? 'plan' : 'step'}
      seen={{ ...seen, ...digest }}
      unavailable={unavailable}
      onEdit={kind === 'plan' ? onEdit : undefined}
    />
  ) : (
    <FailureForm question={question} seen={seen} unavailable={unavailable} />
  )
}
