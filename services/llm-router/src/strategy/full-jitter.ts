/** Anything between nothing and a bound that doubles: callers that failed together do not come back together. */
export const fullJitter = (
  failures: number,
  { backoffMsBase, backoffMsMax }: { backoffMsBase: number; backoffMsMax: number },
  random: () => number,
): number => Math.round(random() * Math.min(backoffMsMax, backoffMsBase * 2 ** (failures - 1)))
