/** What an error says, short enough for people and for events. */
export const firstLineOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n', 1)[0] ?? '').slice(0, 300) : 'it failed'
