import type { Page } from 'playwright-core'

/** The heap of a page after its garbage is collected, and its longest task since this was called. */
export const watchHeap = async (page: Page) => {
  const devtools = await page.context().newCDPSession(page)
  await page.evaluate(() => {
    let longestMs = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration)
    }).observe({ type: 'longtask' })
    Reflect.set(globalThis, 'longestTask', () => longestMs)
  })
  return {
    megabytes: async (): Promise<number> => {
      await devtools.send('HeapProfiler.collectGarbage')
      const { usedSize } = await devtools.send('Runtime.getHeapUsage')
      return usedSize / 1024 / 1024
    },
    longestTaskMs: () => page.evaluate<number>('longestTask()'),
  }
}
