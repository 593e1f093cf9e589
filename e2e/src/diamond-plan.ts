/** One step, two at the same time, one at the end; each reads its input with a tool and then answers. */
export const diamondPlan = {
  agents: [
    {
      name: 'reader',
      prompt: 'Read the input with your tool, then say what it holds.',
      description: 'Reads inputs.',
      tools: ['read_input'],
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
    agent: 'reader',
    instruction: 'Read the notes and say what they hold.',
    needs,
    inputs: ['notes.txt'],
    promise: { description: 'What the notes hold.', format: 'markdown' },
    retriesMax: 0,
  })),
  result: 'last',
}

/** A task with that plan whose goal tells it apart from all others. */
export const diamondTask = (goal: string, providers: readonly string[]) => ({
  goal,
  inputs: [{ name: 'notes.txt', mediaType: 'text/plain', text: 'A short note about rain.' }],
  options: { providers },
  plan: diamondPlan,
})
