/** Of more steps nobody sees the whole: they are offered in sections. */
const stepByStepMax = 150

export const isLargePlan = (steps: number): boolean => steps > stepByStepMax
