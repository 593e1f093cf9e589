import type { TaskInput } from '@maestro/contracts/task/task-input'

/** The task's files as a brief names them: what they are, not what they hold. */
export const briefInputs = (inputs: readonly TaskInput[]) =>
  inputs.map(({ name, mediaType, content }) => ({ name, mediaType, bytes: content.bytes }))
