import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Before it goes anywhere: from now on a page notes when its graph is drawn first, and its longest task. */
export const notePainting = (page: Page) =>
  page.addInitScript(() => {
    let longestMs = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration)
    }).observe({ type: 'longtask', buffered: true })
    Reflect.set(globalThis, 'longestSoFar', () => longestMs)
    new MutationObserver((_, observer) => {
      if (document.querySelector('.step-card, [data-graph-canvas]') === null) return
      observer.disconnect()
      // The frame after the one that it comes with is drawn by then.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => Reflect.set(globalThis, 'paintedAt', performance.now())),
      )
    }).observe(document, { subtree: true, childList: true })
  })

/** From the answer with the task's state to its graph, and from the first request of the page; and its longest task. */
export const paintedAfter = async (
  page: Page,
  taskId: string,
): Promise<{ stateMs: number; openMs: number; longestMs: number }> => {
  // The page's policy forbids what `waitForFunction` does.
  await expect
    .poll(() => page.evaluate(() => Reflect.has(globalThis, 'paintedAt')), { timeout: 120_000 })
    .toBe(true)
  return page.evaluate((path) => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const state = entries.find(({ name }) => new URL(name).pathname === path)
    const openMs = Reflect.get(globalThis, 'paintedAt') as number
    const longestMs = (Reflect.get(globalThis, 'longestSoFar') as () => number)()
    return { stateMs: openMs - (state?.responseEnd ?? 0), openMs, longestMs }
  }, `/api/tasks/${taskId}`)
}
