/** From here on a limit is told to be near. */
const nearShare = 0.75

/** Whether what is spent of a limit is a warning; nothing is near where there is no limit. */
export const isNearLimit = (spent: number, limit: number | null): boolean =>
  limit !== null && spent >= limit * nearShare
