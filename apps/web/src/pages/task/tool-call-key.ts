type ToolPlace = {
  readonly stepId: string
  readonly attempt: number
  readonly turn: number
  readonly toolCallId: string
}

/** Models give their calls whatever ids they like: one is told apart only within its turn. */
export const toolCallKey = ({ stepId, attempt, turn, toolCallId }: ToolPlace): string =>
  `${stepId} ${attempt} ${turn} ${toolCallId}`
