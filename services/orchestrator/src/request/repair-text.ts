/** Tells a model why its last answer was not taken; the answer itself stands before it. */
export const repairText = (problem: string): string =>
  `Your last answer could not be used. ${problem} Answer again, in full.`
