/** Ten steps in three layers (1, 8, 1), each of them one model call and nothing else. */
export const diamond = {
  agents: [
    {
      name: 'worker',
      prompt: 'Do the step and say what you found.',
      description: 'Works.',
      tools: [],
      suggestions: [],
    },
  ],
  steps: Array.from({ length: 10 }, (_, index) => ({
    name: `step-${index}`,
    title: `Step ${index}`,
    agent: 'worker',
    instruction: 'Do it.',
    needs:
      index === 0
        ? []
        : index === 9
          ? Array.from({ length: 8 }, (__, other) => `step-${other + 1}`)
          : ['step-0'],
    promise: { description: 'What was found.', format: 'markdown' },
    retriesMax: 0,
  })),
  result: 'step-9',
}

export const stepsPerDiamond = diamond.steps.length

/** Of a step: how long the model takes, and how much it says. */
export const answerMs = 5
export const answerBytes = 1_024
