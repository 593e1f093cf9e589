import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stage } from './open-stage.ts'

/** Check 19 of the console's design, on the task `demo`. */
export const graphKeysSuite = (stage: () => Stage) =>
  describe('the graph without a pointer', () => {
    let page: Page
    let task: string
    beforeAll(async () => {
      task = `${stage().system.consoleUrl}/tasks/${await stage().demo()}`
      page = await stage().openPage()
    })
    afterAll(() => page?.context().close())
    const address = (view: string) => `${task}/${view}`
    const graph = () => page.getByRole('group', { name: /^Plan of 40 steps/ })

    test('19: it is one stop of the tabulator; arrows move through it, and each place is said', async () => {
      await page.goto(address('graph?dock=closed'))
      await page.locator('.step-card').first().waitFor()
      await graph().focus()
      const said = () => graph().locator('[aria-live=polite]').first().innerText()
      await page.keyboard.press('ArrowRight')
      await expect
        .poll(said)
        .toMatch(/^Step 1 of 40, Say what is compared, done, 0 before, 9 after\./)
      await page.keyboard.press('ArrowRight')
      await expect.poll(said).toMatch(/^Step \d+ of 40, .+, done, 1 before, \d+ after\./)
      const first = await said()
      await page.keyboard.press('ArrowDown')
      await expect.poll(said).not.toBe(first)
      await page.keyboard.press('ArrowLeft')
      await expect.poll(said).toContain('Step 1 of 40')

      // From the graph the next stop lies beyond its cards.
      await graph().focus()
      await page.keyboard.press('Tab')
      const isOnCard = await page.evaluate(
        () => document.activeElement?.closest('.step-card, .plan-node') !== null,
      )
      expect(isOnCard).toBe(false)
      await page.getByRole('button', { name: 'Zoom in' }).focus()
      await page.keyboard.press('Enter')
      const isOnButton = () =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Zoom in')
      expect(await isOnButton()).toBe(true)
      await graph().focus()
      await page.keyboard.press('Enter')
      const isInInspector = () =>
        page.evaluate(
          () => document.activeElement?.closest('[aria-label=Inspector]') instanceof HTMLElement,
        )
      await expect.poll(isInInspector).toBe(true)
    })

    test('19: where the inspector covers the graph, arrows and menus do not open it, and closing it leads back', async () => {
      const narrow = await stage().openPage({ width: 1_024, height: 768 })
      await narrow.goto(address('graph?dock=closed'))
      await narrow.locator('.step-card').first().waitFor()
      const plan = narrow.getByRole('group', { name: /^Plan of 40 steps/ })
      const sheet = narrow.getByRole('dialog', { name: 'Step' })
      const hasFocus = () => plan.evaluate((one) => one === document.activeElement)
      await plan.focus()
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await narrow.keyboard.press(key)
      const said = plan.locator('[aria-live=polite]').first()
      await expect.poll(() => said.innerText()).toMatch(/, 1 before, \d+ after\./)
      expect(await hasFocus()).toBe(true)
      await narrow.keyboard.press('Shift+F10')
      await narrow.getByRole('menu', { name: /^Actions of / }).waitFor()
      expect(await sheet.count()).toBe(0)
      await narrow.keyboard.press('Escape')
      const step = new URL(narrow.url()).searchParams.get('step')
      await narrow.keyboard.press('Enter')
      await sheet.waitFor()
      await narrow.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      expect(new URL(narrow.url()).searchParams.get('step')).toBe(step)
      await expect.poll(hasFocus).toBe(true)
      // The inspector's key opens that step as well, and does not let go of it.
      await narrow.keyboard.press('i')
      await sheet.waitFor()
      expect(new URL(narrow.url()).searchParams.get('step')).toBe(step)
      await narrow.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      await expect.poll(hasFocus).toBe(true)
      await narrow.context().close()
    })

    test('19: the table of steps leads to the same step with the same actions', async () => {
      const actions = async () => {
        const inspector = page.getByRole('region', { name: 'Inspector' })
        await inspector.getByLabel('the prompt', { exact: true }).waitFor()
        return (await inspector.getByRole('button').allInnerTexts()).toSorted()
      }
      await page.goto(address('graph?step=step_rules&dock=closed'))
      // Some of them come with scripts of their own.
      await page.waitForLoadState('networkidle')
      await expect.poll(async () => (await actions()).length).toBeGreaterThan(2)
      const fromGraph = await actions()
      await page.goto(address('steps?dock=closed'))
      const grid = page.getByRole('treegrid', { name: 'Steps' })
      await grid.getByRole('row', { name: /Say what is compared/ }).focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.url()).toContain('step=step_rules')
      await expect.poll(actions).toEqual(fromGraph)
    })
  })
