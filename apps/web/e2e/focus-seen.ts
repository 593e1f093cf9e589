import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'

/** What has the focus although nothing on the screen shows it, in words; null while it is seen. */
export const unseenFocus = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const focused = document.activeElement
    // Past the last stop the browser itself has it.
    if (!(focused instanceof HTMLElement) || focused === document.body) return null
    const hasRing = (element: Element | null, part?: '::after') => {
      if (element === null) return false
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element, part)
      return (
        outlineStyle !== 'none' &&
        Number.parseFloat(outlineWidth) >= 2 &&
        !outlineColor.endsWith(', 0)')
      )
    }
    const named = `${focused.tagName.toLowerCase()} “${focused.getAttribute('aria-label') ?? focused.innerText.slice(0, 60)}”`
    // The circle of a choice is drawn by its label, the rectangle of a row by what covers it.
    if (
      ![focused, focused.closest('label')].some((one) => hasRing(one)) &&
      !hasRing(focused, '::after')
    )
      return `${named} has no ring`
    const { left, right, top, bottom } = focused.getBoundingClientRect()
    const isInView = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight
    return isInView ? null : `${named} is out of view`
  })

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement)

/** Goes to something by the tabulator alone; whatever has the focus on the way is seen. */
export const tabTo = async (page: Page, target: Locator, stopsMax = 60): Promise<void> => {
  for (let stop = 0; stop < stopsMax; stop++) {
    await page.keyboard.press('Tab')
    expect(await unseenFocus(page)).toBeNull()
    if (await isFocused(target)) return
  }
  throw new Error(`${stopsMax} stops of the tabulator do not lead there`)
}

/** Where the tabulator stops on a page without being seen; from the first stop to the last, or as many as there are reasons to look at. */
export const unseenStops = async (page: Page, stopsMax = 70): Promise<string[]> => {
  const unseen = new Set<string>()
  for (let stop = 0; stop < stopsMax; stop++) {
    await page.keyboard.press('Tab')
    const problem = await unseenFocus(page)
    if (problem !== null) unseen.add(problem)
    if (await page.evaluate(() => document.activeElement === document.body)) break
  }
  return [...unseen]
}
