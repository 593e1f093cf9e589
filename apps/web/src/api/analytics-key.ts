/** Figures over many calls. They change with every one, so that no topic tells of them: who shows them says when they are read again. */
export const analyticsKey = ['analytics'] as const
