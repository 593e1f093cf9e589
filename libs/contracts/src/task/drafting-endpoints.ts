import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { PartName } from './part-name.ts'
import { AtSeq } from './task-endpoints.ts'

const service = 'orchestrator' as const
const errors = [
  'NOT_FOUND',
  'TASK_ENDED',
  'TASK_READ_ONLY',
  'TASK_NOT_DRAFTING',
  'SEQ_CONFLICT',
] as const
const Place = { taskId: TaskId, expectedSeq: z.int().nonnegative().nullable() }

export const guideDrafting = endpoint({
  service,
  name: 'guideDrafting',
  summary:
    'Tells the Planner what a person wants, at any round: another round follows, and earlier versions are out of the running.',
  input: z.object({
    ...Place,
    guidance: z.string().trim().min(1, 'say what should be different').max(4_000),
  }),
  output: AtSeq,
  errors,
  timeoutMs: 5_000,
})

export const takeVersion = endpoint({
  service,
  name: 'takeVersion',
  summary: 'Ends the drafting with a version that both observers have judged, and runs it.',
  input: z.object({ ...Place, version: z.int().positive() }),
  output: AtSeq,
  errors: [...errors, 'VERSION_NOT_JUDGED'],
  timeoutMs: 5_000,
})

export const lockPart = endpoint({
  service,
  name: 'lockPart',
  summary:
    'Keeps an agent or a step as it stands in the newest version, or lets it go again: a version that changes a locked part goes back to the Planner.',
  input: z.object({ ...Place, part: PartName, isLocked: z.boolean() }),
  output: AtSeq,
  errors,
  timeoutMs: 5_000,
})
