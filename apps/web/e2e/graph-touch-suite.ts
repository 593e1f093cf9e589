import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stage } from './open-stage.ts'

type Point = readonly [x: number, y: number]
const moves = 8

/** The graph on a phone whose page is higher than its screen, on the task `demo`. */
export const graphTouchSuite = (stage: () => Stage) =>
  describe('the graph under fingers', () => {
    let page: Page
    /** Each finger from its first place to its last one. */
    let drag: (fingers: readonly (readonly [from: Point, to: Point])[]) => Promise<void>
    beforeAll(async () => {
      const task = await stage().demo()
      page = await stage().openPage({ width: 390, height: 520, touch: true })
      await page.goto(`${stage().system.consoleUrl}/tasks/${task}/graph`)
      await page.locator('.step-card').first().waitFor()
      const devtools = await page.context().newCDPSession(page)
      drag = async (fingers) => {
        const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
          devtools.send('Input.dispatchTouchEvent', {
            type,
            touchPoints: points.map(([x, y], id) => ({ x, y, id })),
          })
        const begins = fingers.map(([from]) => from)
        // One after the other, as fingers come down.
        for (const [index] of begins.entries())
          await touch('touchStart', begins.slice(0, index + 1))
        for (let move = 1; move <= moves; move += 1)
          await touch(
            'touchMove',
            fingers.map(([[x, y], to]) => [
              x + ((to[0] - x) * move) / moves,
              y + ((to[1] - y) * move) / moves,
            ]),
          )
        await touch('touchEnd', [])
      }
    })
    afterAll(() => page?.context().close())

    const picture = () =>
      page.locator('.react-flow__viewport').evaluate((one) => {
        const { a, e, f } = new DOMMatrix(getComputedStyle(one).transform)
        return { zoom: a, x: e, y: f }
      })
    const scrolled = () => page.locator('[data-task]').evaluate((one) => one.scrollTop)
    /** Where the pane is now: the page may have been scrolled. */
    const pane = async () => {
      const box = await page.locator('.react-flow__pane').boundingBox()
      if (box === null) throw new Error('the graph is not shown')
      return box
    }

    test('who swipes over it scrolls the page; two fingers move it and zoom, as far as cards become a canvas and back', async () => {
      const before = await picture()
      const { x, y } = await pane()
      await drag([
        [
          [x + 150, y + 140],
          [x + 150, y + 20],
        ],
      ])
      await expect.poll(scrolled).toBeGreaterThan(50)
      expect(await picture()).toEqual(before)

      const top = (await pane()).y + 120
      const [left, right] = [x + 100, x + 280]
      await drag([
        [
          [left, top],
          [x + 150, top],
        ],
        [
          [right, top],
          [x + 230, top],
        ],
      ])
      const zoom = async () => (await picture()).zoom
      await expect.poll(zoom).toBeLessThan(before.zoom * 0.6)
      const far = await zoom()
      await page.locator('[data-graph-canvas]').waitFor()
      await drag([
        [
          [x + 150, top],
          [left, top],
        ],
        [
          [x + 230, top],
          [right, top],
        ],
      ])
      await expect.poll(zoom).toBeGreaterThan(far * 1.8)
      await page.locator('.step-card').first().waitFor()
    })

    test('who taps a card opens its step', async () => {
      const card = page.locator('[data-node=step_model-nl]')
      await page.goto(`${page.url().replace(/\?.*/, '')}?step=step_model-nl`)
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      const box = await card.boundingBox()
      if (box === null) throw new Error('the card is not shown')
      await page.touchscreen.tap(box.x + 60, box.y + 20)
      await expect.poll(() => page.url()).toContain('step=step_model-nl')
      await page.getByRole('dialog').waitFor()
    })
  })
