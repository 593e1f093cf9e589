import { askPersonTool, type ToolQuestion } from '@maestro/contracts/task/tool-question'
import type { Recorder } from '../recorder.ts'
import { agentOf } from '../steering/agent-of.ts'
import type { BornTask, Step, ToolUse, Turn } from '../task.ts'
import { digestOfTool } from './digest-of.ts'
import { requestApproval } from './request-approval.ts'

/**
 * Why a person is asked before a tool use runs; null: it runs. A tool that the agent has not is refused,
 * not asked about: the agent as its attempt began with it, as that is whose tools run.
 */
export const gateOf = (
  { tool, repeat }: ToolUse,
  step: Step,
  task: BornTask,
): Exclude<ToolQuestion['why'], 'in-doubt'> | null => {
  const { gates } = task.options
  if (agentOf(task, step)?.tools.includes(tool) !== true) return null
  if (tool === askPersonTool) return 'question'
  if (gates?.tools.includes(tool) === true) return 'gate'
  return repeat === 'unsafe' && gates?.unsafe !== 'run' ? 'unsafe' : null
}

const words = {
  gate: 'may it run',
  unsafe: 'it cannot be taken back: may it run',
  'in-doubt': 'whether it ran is not known: shall it run again',
} as const

/** Asks a person about one tool use, with its exact arguments. Silence is told to the agent. */
export const askAboutTool = (
  step: Step,
  { turn, toolUses }: Turn,
  { toolCallId, tool, arguments: args }: ToolUse,
  why: ToolQuestion['why'],
  recorder: Recorder,
): void => {
  const { stepId, attempt, title } = step
  // Its number, as what a model calls it may be any text.
  const number = toolUses.findIndex((use) => use.toolCallId === toolCallId) + 1
  requestApproval(
    {
      place: `tool-${stepId.slice('step_'.length)}-${attempt}-${turn}-${number}`,
      kind: why === 'question' ? 'question' : 'tool',
      stepId,
      ask:
        why === 'question'
          ? `Step "${title}" asks you something.`
          : `Step "${title}" calls ${tool.slice(0, 120)}; ${words[why]}?`,
      toolUse: { attempt, turn, toolCallId, tool, arguments: args, why },
      digest: digestOfTool(tool, args),
      silence: 'tell-agent',
      mayDecide: why === 'unsafe' || why === 'in-doubt' ? 'owner' : 'operator',
    },
    recorder,
  )
}
