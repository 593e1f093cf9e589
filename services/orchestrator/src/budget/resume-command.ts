import type { CommandOf } from '@maestro/task-model/task-command'
import { reactorActor } from '../reactor/reactor-actor.ts'

type ResumeWithBudget = CommandOf<'ResumeWithBudget'>

/** Lets a task go on if there may be money again for this reason. */
export const resumeCommand = (because: ResumeWithBudget['because']): ResumeWithBudget => ({
  type: 'ResumeWithBudget',
  because,
  at: new Date().toISOString(),
  actor: reactorActor,
})
