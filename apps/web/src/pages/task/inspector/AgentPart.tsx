import type { StepId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { agentVersionOf } from '@maestro/task-model/steering/agent-of'
import { stepCan } from '@maestro/task-model/steering/step-can'
import type { Task } from '@maestro/task-model/task'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { aboutTokens } from '../../../ui/about-tokens.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { useStepWish } from '../step-wish.ts'
import { useShown, useTaskSession, useView } from '../task-context.ts'
import { whyOver } from '../why-over.ts'
import { AgentChange } from './AgentChange.tsx'
import { keptEdits } from './kept-edits.ts'
import type { EditWish } from './edit-wish.ts'
import { Part } from './Part.tsx'
import { ProposedSuggestions } from './suggestions/ProposedSuggestions.tsx'
import { SuggestionList } from './suggestions/SuggestionList.tsx'
import { ToolList } from './ToolList.tsx'

const AgentEditor = lazyPart(
  () => import('./AgentEditor.tsx').then((module) => module.AgentEditor),
  <SkeletonRows rows={4} label="Loading the editor" />,
)

/** A = {P, D, T, S}, to be read and, while the task runs, to be changed. */
export const AgentPart = ({ agent, stepId }: { agent: PlanAgent; stepId: StepId }) => {
  const { taskId } = useTaskSession()
  const { agentId } = agent
  const [isEditing, setIsEditing] = useState(() => keptEdits.read(taskId, agentId) !== null)
  const [wish, setWish] = useState<EditWish | null>(null)
  // One that was kept from before opens by itself, and takes no focus.
  const [wasAskedFor, setWasAskedFor] = useState(false)
  const edit = () => {
    setWasAskedFor(true)
    setIsEditing(true)
  }
  const version = useShown((task) => agentVersionOf(task, agentId), 1)
  const before = useShown((task) => task.earlierAgents?.[agentId]?.at(-1) ?? null, null)
  const whyNot = useView(({ headTask, mode }) => whyNotEdit(headTask, mode === 'replay'))
  const head = useView(({ headTask }) =>
    headTask.status === 'unborn' ? null : (headTask.agents[agentId] ?? null),
  )
  const headVersion = useView(({ headTask }) =>
    headTask.status === 'unborn' ? 1 : agentVersionOf(headTask, agentId),
  )
  useStepWish(stepId, ['agent'], () => {
    if (whyNot === null) edit()
  })
  return (
    <>
      <Part letter="A" name="Agent">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-14 font-medium">
            {agent.name}
            {version > 1 && (
              <span className="tnum ml-2 font-normal text-text-2">version {version}</span>
            )}
          </p>
          {!isEditing && (
            <Button size="small" icon={Pencil} unavailable={whyNot} onClick={edit}>
              Edit agent
            </Button>
          )}
        </div>
        {before !== null && <AgentChange before={before} agent={agent} version={version} />}
      </Part>
      {isEditing && head !== null ? (
        <AgentEditor
          agent={head}
          version={headVersion}
          wish={wish}
          takesFocus={wasAskedFor}
          onClose={() => {
            setIsEditing(false)
            setWish(null)
          }}
        />
      ) : (
        <ReadAgent
          agent={agent}
          whyNot={whyNot}
          onWish={(next) => {
            setWish(next)
            edit()
          }}
        />
      )}
    </>
  )
}

const whyNotEdit = (task: Task, isReplay: boolean): string | null => {
  if (isReplay) return 'Go live to change the task'
  const over = whyOver(task)
  if (over !== null) return over
  return stepCan.modifyAgent(task)
    ? null
    : 'Its plan does not run yet: say to the Planner what should be different'
}

type ReadProps = { agent: PlanAgent; whyNot: string | null; onWish: (wish: EditWish) => void }

const ReadAgent = ({ agent, whyNot, onWish }: ReadProps) => (
  <>
    <Part letter="P" name="Prompt" aside={aboutTokens(agent.prompt.bytes)}>
      <PayloadText payload={agent.prompt} label="the prompt" />
    </Part>
    <Part letter="D" name="Description">
      <PayloadText payload={agent.description} as="plain" label="the description" />
    </Part>
    <Part letter="T" name="Tools">
      <ToolList tools={agent.tools} />
    </Part>
    <Part letter="S" name="Suggestions">
      <SuggestionList
        agent={agent}
        whyNot={whyNot}
        onRemove={(index) => onWish({ kind: 'remove', index })}
      />
      <ProposedSuggestions
        agentId={agent.agentId}
        whyNot={whyNot}
        onAccept={(text) => onWish({ kind: 'add', text })}
      />
    </Part>
  </>
)
