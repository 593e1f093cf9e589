import type { Page } from 'playwright-core'

export type FrameTimes = { framesPerSecond: number; p95Ms: number; longestMs: number }

/** How even the frames of a page are while something is done on it. */
export const frameTimesDuring = async (
  page: Page,
  work: () => Promise<void>,
): Promise<FrameTimes> => {
  await page.evaluate(() => {
    const times: number[] = []
    let isOn = true
    const tick = (at: number) => {
      times.push(at)
      if (isOn) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    Reflect.set(globalThis, 'endFrames', () => {
      isOn = false
      return times
    })
  })
  await work()
  const times = await page.evaluate<number[]>('endFrames()')
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  const sorted = gaps.toSorted((a, b) => a - b)
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return {
    framesPerSecond: (gaps.length / spanMs) * 1_000,
    p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    longestMs: sorted.at(-1) ?? 0,
  }
}
