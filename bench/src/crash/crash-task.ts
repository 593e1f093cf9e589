/** One step, two at the same time, one at the end; each does one thing outside and then says so. */
const plan = {
  agents: [
    {
      name: 'doer',
      prompt: 'Do the one thing with your tool, then say what you did.',
      description: 'Does things outside.',
      tools: ['count_effect'],
    },
  ],
  steps: (
    [
      ['first', []],
      ['left', ['first']],
      ['right', ['first']],
      ['last', ['left', 'right']],
    ] as const
  ).map(([name, needs]) => ({
    name,
    title: `The ${name} step`,
    agent: 'doer',
    instruction: 'Do it, once.',
    needs,
    promise: { description: 'What was done.', format: 'markdown' },
    retriesMax: 0,
  })),
  result: 'last',
}

export const stepsPerTask = plan.steps.length

/** A task whose goal tells it apart from all others. Some ask a person before each step. */
export const crashTask = (number: number, asksPerson: boolean) => ({
  goal: `Task ${number} of the proof`,
  options: { providers: ['groq'], autonomy: asksPerson ? 'approve-steps' : 'auto' },
  plan,
})
