import type { TaskCommand } from '../task-command.ts'
import { agentVersionOf } from '../steering/agent-of.ts'
import { stepCan } from '../steering/step-can.ts'
import type { BornTask, Step } from '../task.ts'
import type { Choose } from './effect-answers.ts'
import { ada, refOf } from './task-fixtures.ts'

/** Something that a person may do to a step or an agent now; null when there is nothing of the kind that was drawn. */
export const anySteering = (task: BornTask, choose: Choose, at: string): TaskCommand | null => {
  const by = { at, actor: ada }
  const oneOf = (can: (step: Step) => boolean): Step | undefined => {
    const steps = Object.values<Step>(task.steps).filter(can)
    return steps[choose(steps.length)]
  }
  switch (choose(6)) {
    case 0: {
      const step = oneOf((one) => stepCan.retry(task, one))
      const guidance = choose(3) === 1 ? refOf('try harder') : null
      if (!step || (guidance !== null && isFull(step))) return null
      return { type: 'RetryStep', stepId: step.stepId, reason: 'a whim', guidance, ...by }
    }
    case 1: {
      const step = oneOf((one) => stepCan.rerun(task, one))
      if (!step) return null
      return { type: 'RerunFrom', stepId: step.stepId, reason: 'a whim', seen: null, ...by }
    }
    case 2: {
      const step = oneOf(() => stepCan.break(task))
      if (!step) return null
      const isSet = step.breakpoint === undefined
      return { type: 'SetBreakpoint', stepId: step.stepId, isSet, ...by }
    }
    case 3: {
      const step = oneOf((one) => stepCan.guide(task, one) && !isFull(one))
      if (!step) return null
      return { type: 'GiveGuidance', stepId: step.stepId, text: refOf('be brief'), ...by }
    }
    case 4:
      if (isFull(task)) return null
      return { type: 'GiveGuidance', stepId: null, text: refOf('be kind'), ...by }
    default: {
      const agent = Object.values(task.agents)[0]
      if (!agent || !stepCan.modifyAgent(task)) return null
      const version = agentVersionOf(task, agent.agentId)
      if (version >= 20) return null
      return {
        type: 'ModifyAgent',
        agentId: agent.agentId,
        version,
        changes: { prompt: refOf(`work, version ${version + 1}`) },
        when: choose(2) === 0 ? 'at-once' : 'next-attempt',
        reason: 'a whim',
        ...by,
      }
    }
  }
}

const isFull = ({ guidance = [] }: Pick<BornTask, 'guidance'>) => guidance.length >= 20
