const checking = /\b(?:cross-?)?(?:check|verif|validat|review|audit|recount|prüf|kontroll)/iu

/** Whether a step or agent, by its name or title, is there to check what others did. */
export const isCheck = (words: string): boolean => checking.test(words)
