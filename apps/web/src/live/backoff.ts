const firstMs = 500
const mostMs = 15_000

/** 0.5 s, 1 s, 2 s … 15 s, each shortened by up to half, so that many consoles do not come back at once. */
export const backoffMs = (attempt: number, random: number): number => {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10))
  return Math.round(full * (1 - random / 2))
}
