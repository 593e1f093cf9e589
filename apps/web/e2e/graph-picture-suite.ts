import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onlyAtLength } from './only-at-length.ts'
import type { Stage } from './open-stage.ts'

/** What the graph tells beyond its cards, and a plan's changes as a picture, on the task `demo`. */
export const graphPictureSuite = (stage: () => Stage) =>
  describe('the graph as a picture', onlyAtLength, () => {
    let page: Page
    let task: string
    beforeAll(async () => {
      task = `${stage().system.consoleUrl}/tasks/${await stage().demo()}`
      page = await stage().openPage()
    })
    afterAll(() => page?.context().close())
    const cardPlaces = () =>
      page.evaluate(() =>
        Object.fromEntries(
          [...document.querySelectorAll<HTMLElement>('.plan-node')].map((node) => [
            node.dataset['node'],
            `${node.style.left} ${node.style.top}`,
          ]),
        ),
      )

    test('the critical path is wider, a condition is dashed and said, and a line tells what passes', async () => {
      await page.goto(`${task}/graph?dock=closed&step=step_merge`)
      await page.locator('.step-card').first().waitFor()
      const critical = page.locator('.plan-edge[data-critical=true] .plan-edge-line').first()
      await critical.waitFor({ state: 'attached' })
      expect(await critical.evaluate((line) => getComputedStyle(line).strokeWidth)).toBe('3px')
      await page.locator('.plan-edge[data-conditional=true]').first().waitFor({ state: 'attached' })
      await page.locator('.plan-edge-label').first().waitFor({ state: 'attached' })
      await page.locator('.plan-edge[data-critical=true]').first().dispatchEvent('pointerover')
      await expect
        .poll(() => page.locator('.plan-edge-hint').first().innerText())
        .toMatch(/^[\d.]+ (B|KiB) pass · critical path$/)
    })

    test('scrubbing moves no card', async () => {
      await page.goto(`${task}/graph?dock=closed&at=600`)
      await page.locator('.step-card').first().waitFor()
      // Whoever has moved the picture gets no better one found for them.
      await page.getByRole('button', { name: 'Zoom in' }).click()
      const before = await cardPlaces()
      await page.getByRole('slider', { name: 'Position in the history' }).focus()
      for (const key of ['PageDown', 'PageDown', 'PageUp', 'PageUp', 'PageUp'])
        await page.keyboard.press(key)
      await expect.poll(() => page.url()).not.toContain('at=600')
      const after = await cardPlaces()
      const moved = Object.entries(after).filter(([id, at]) => (before[id] ?? at) !== at)
      expect(moved).toEqual([])
      expect(Object.keys(after).length).toBeGreaterThan(5)
    })

    test('“Tidy layout” asks a worker that the content security policy lets run, and says what came of it', async () => {
      await page.goto(`${task}/graph?dock=closed`)
      await page.locator('.step-card').first().waitFor()
      const worker = page.waitForEvent('worker')
      await page.getByRole('button', { name: 'Tidy layout' }).click()
      expect((await worker).url()).toContain('/assets/elk-worker')
      await page
        .getByText(/^(Fewer lines cross now|No picture with fewer crossings|It took longer)/)
        .waitFor()
    })

    test('a version’s changes are a picture with signs, and picture and words follow each other', async () => {
      await page.goto(`${task}/plan/2?against=1`)
      const picture = page.getByRole('region', { name: 'Changes as a picture' })
      const words = page.getByRole('region', { name: 'Changes', exact: true })
      await picture.locator('canvas[data-graph-canvas], .step-card').first().waitFor()
      await page.keyboard.press('n')
      await picture.locator('.step-card[data-selected=true][data-change]').waitFor()
      await page.keyboard.press('n')
      const reached = await page.evaluate(
        () => document.activeElement?.closest('li')?.dataset['changeOf'],
      )
      expect(await words.getByRole('listitem').count()).toBeGreaterThan(1)
      await picture.locator(`.step-card[data-selected=true][data-step=${reached}]`).waitFor()
      const mark = picture.locator('.step-card[data-selected=true] [role=img]').first()
      expect(await mark.getAttribute('aria-label')).toMatch(/^(added|removed|changed)$/)
    })
  })
