const step = (name: string, needs: readonly string[], more: object = {}) => ({
  name,
  title: `The ${name} step`,
  agent: 'writer',
  instruction: 'Say in a sentence what the goal asks for.',
  needs,
  promise: { description: 'A sentence.' },
  ...more,
})

/** A task that stands still for as long as a test needs it to: its first step waits for a person. */
export const heldTask = (goal: string) => ({
  goal,
  options: { providers: ['rehearsal'] },
  plan: {
    agents: [{ name: 'writer', prompt: 'Write.', description: 'Writes.', tools: [] }],
    steps: [
      step('first', [], { gate: true }),
      step('second', ['first']),
      step('third', ['second']),
    ],
    result: 'third',
  },
})
