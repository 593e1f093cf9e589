import type { CommandOf, TaskCommand } from '../task-command.ts'
import { ada, atMs, refOf, toolPlace, worker } from './task-fixtures.ts'

const byPerson = () => ({ at: atMs(1_000), actor: ada })

export const retryStep = (name: string, guidance: string | null = null): TaskCommand => ({
  type: 'RetryStep',
  stepId: toolPlace(name).stepId,
  reason: 'once more',
  guidance: guidance === null ? null : refOf(guidance),
  ...byPerson(),
})

export const rerunFrom = (
  name: string,
  seen: CommandOf<'RerunFrom'>['seen'] = null,
): TaskCommand => ({
  type: 'RerunFrom',
  stepId: toolPlace(name).stepId,
  reason: 'better input',
  seen,
  ...byPerson(),
})

export const setBreakpoint = (name: string, isSet = true): TaskCommand => ({
  type: 'SetBreakpoint',
  stepId: toolPlace(name).stepId,
  isSet,
  ...byPerson(),
})

export const tell = (name: string | null, text: string): TaskCommand => ({
  type: 'GiveGuidance',
  stepId: name === null ? null : toolPlace(name).stepId,
  text: refOf(text),
  ...byPerson(),
})

export const modifyAgent = (
  when: 'next-attempt' | 'at-once',
  {
    version = 1,
    prompt = 'work better',
    tools,
  }: { version?: number; prompt?: string; tools?: string[] } = {},
): TaskCommand => ({
  type: 'ModifyAgent',
  agentId: worker,
  version,
  changes: tools === undefined ? { prompt: refOf(prompt) } : { tools },
  when,
  reason: '',
  ...byPerson(),
})
