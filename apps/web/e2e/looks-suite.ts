import { StepStatus } from '@maestro/contracts/task/task-status'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Stage } from './open-stage.ts'

const textTokens = [
  'text',
  'text-2',
  'text-3',
  'neutral',
  'accent',
  'running',
  'queued',
  'waiting',
  'paused',
  'done',
  'failed',
  'cached',
  'replay',
]

/** Luminance as WCAG reckons it, from `rgb(…)`. */
const luminanceOf = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrastOf = (one: string, other: string): number => {
  const [bright = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => b - a)
  return (bright + 0.05) / (dark + 0.05)
}

const coloursOf = (page: Page, tokens: readonly string[]): Promise<Record<string, string>> =>
  page.evaluate((names) => {
    const probe = document.body.appendChild(document.createElement('i'))
    const colours = names.map((name) => {
      probe.style.color = `var(--${name})`
      return [name, getComputedStyle(probe).color] as const
    })
    probe.remove()
    return Object.fromEntries(colours)
  }, tokens)

const darkness = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['theme'])

/** Checks 2, 3, 20 and 21 of the console's design. */
export const looksSuite = (stage: () => Stage) =>
  describe('what it looks like', () => {
    test.each(['light', 'dark'] as const)(
      '2: in the %s theme text is readable on each ground, and borders of controls are seen',
      async (theme) => {
        const page = await stage().openPage(theme === 'dark' ? { theme } : {})
        const grounds = ['bg', 'surface']
        const colours = await coloursOf(page, [...textTokens, 'line-strong', ...grounds])
        const tooWeak = grounds.flatMap((ground) =>
          [...textTokens, 'line-strong'].flatMap((token) => {
            const ratio = contrastOf(colours[token] ?? '', colours[ground] ?? '')
            return ratio < (token === 'line-strong' ? 3 : 7)
              ? [`${token} on ${ground}: ${ratio}`]
              : []
          }),
        )
        expect(tooWeak).toEqual([])
        await page.context().close()
      },
    )

    test('3: white whatever the system prefers; a dark choice stays, and no white flashes before it', async () => {
      // The stage’s pages prefer dark.
      const page = await stage().openPage()
      await page.getByRole('heading', { level: 1 }).waitFor()
      const { bg } = await coloursOf(page, ['bg'])
      expect(bg).toBe('rgb(255, 255, 255)')
      await page.goto(`${stage().system.consoleUrl}/settings/appearance`)
      await page.getByText('Dark', { exact: true }).first().click()
      await expect.poll(() => darkness(page)).toBe('dark')
      // What the document is like as soon as there is something to paint.
      await page.addInitScript(() => {
        new MutationObserver((_, observer) => {
          if (document.body === null) return
          observer.disconnect()
          const { dataset } = document.documentElement
          dataset['first'] = dataset['theme'] ?? 'light'
        }).observe(document, { childList: true, subtree: true })
      })
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.evaluate(() => document.documentElement.dataset['first'])).toBe('dark')
      expect(await darkness(page)).toBe('dark')
      await page.context().close()
    })

    test('20: without colours every status of a card is told by icon and frame', async () => {
      const page = await stage().openPage({ still: true })
      const { system, demo } = stage()
      await page.goto(`${system.consoleUrl}/tasks/${await demo()}/graph?dock=closed`)
      const card = page.locator('.step-card').first()
      await card.waitFor()
      // One and the same card takes each look in turn: only what tells the status differs.
      const shapes = await card.evaluate((element, statuses) => {
        const shapeOf = (status: string) => {
          element.setAttribute('data-status', status)
          const frame = getComputedStyle(element, '::before')
          const bar = getComputedStyle(element, '::after')
          const own = getComputedStyle(element)
          const title = element.querySelector('.step-title')
          const line = title === null ? '' : getComputedStyle(title).textDecorationLine
          return [frame.borderTopStyle, frame.borderTopWidth, bar.width, own.clipPath, line].join(
            ' ',
          )
        }
        return statuses.map((status) => [status, shapeOf(status)] as const)
      }, StepStatus.options)
      const { stepStatusLook } = await import('../src/ui/status-look.ts')
      const told = shapes.map(
        ([status, shape]) => `${stepStatusLook[status].icon.displayName} ${shape}`,
      )
      expect(new Set(told).size).toBe(StepStatus.options.length)
      expect(new Set(shapes.map(([, shape]) => shape)).size).toBeGreaterThanOrEqual(7)
      await page.context().close()
    })

    test('a title that is cut off is told whole to whoever points at it; one that fits is not told twice', async () => {
      const page = await stage().openPage({ width: 1_024, height: 768 })
      const { system, demo } = stage()
      const taskId = await demo()
      await page.goto(`${system.consoleUrl}/tasks`)
      const goal = page.locator(`a[href^="/tasks/${taskId}"]`)
      await goal.hover()
      await expect
        .poll(() => goal.getAttribute('title'))
        .toMatch(/^Compare the grid tariffs .+ where to build it/)
      await page.getByRole('heading', { level: 1 }).hover()
      await expect.poll(() => goal.getAttribute('title')).toBeNull()
      await page.goto(`${system.consoleUrl}/tasks/${taskId}/steps?dock=closed`)
      const step = page.getByRole('gridcell').getByText('Say what is compared', { exact: true })
      await step.hover()
      expect(await step.getAttribute('title')).toBeNull()
      await page.context().close()
    })

    test('21: nothing moves for those who asked for stillness', async () => {
      const page = await stage().openPage({ still: true })
      const { fixtures, system } = stage()
      const big = await fixtures.loadBig({ steps: 30, events: 40 })
      await page.goto(`${system.consoleUrl}/tasks/${big.taskId}/graph`)
      await page.locator('.step-card[data-status=running]').first().waitFor()
      await fixtures.publish(big, 60)
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').first().waitFor()
      const moving = await page.evaluate(() =>
        document
          .getAnimations()
          .filter(({ playState }) => playState === 'running')
          .map((animation) => animation.id || animation.constructor.name),
      )
      expect(moving).toEqual([])
      // Dashes march by a clock of their own, which the browser does not count as an animation.
      await page.waitForTimeout(400)
      expect(await page.locator('.plan-edges').getAttribute('style')).toBeNull()
      await page.context().close()
    })
  })
