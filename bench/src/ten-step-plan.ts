/** Ten steps in three layers (1, 8, 1), each of them one model call and one tool call. */
export const tenStepPlan = {
  agents: [
    {
      name: 'reader',
      prompt: 'Read the input with your tool.',
      description: 'Reads inputs.',
      tools: ['read_input'],
      suggestions: [],
    },
  ],
  steps: Array.from({ length: 10 }, (_, index) => ({
    name: `read-${index}`,
    title: `Read ${index}`,
    agent: 'reader',
    instruction: 'Read the whole input.',
    needs:
      index === 0
        ? []
        : index === 9
          ? Array.from({ length: 8 }, (__, other) => `read-${other + 1}`)
          : ['read-0'],
    inputs: ['notes.txt'],
    promise: { description: 'The text as read.', format: 'json', from: 'tool' },
    retriesMax: 0,
  })),
  result: 'read-9',
}
