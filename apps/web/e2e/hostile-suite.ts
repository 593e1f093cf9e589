import { hostileGoal, startHostile } from '@maestro/e2e/fixtures/hostile'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stage } from './open-stage.ts'
import { stageClient } from './stage-client.ts'
import { mark } from './task-page.ts'

const isBroken = (page: Page) => page.evaluate(() => Reflect.get(globalThis, 'broken') ?? null)
const isTooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

/** Check 23 of the console's design, and what people and models send that nobody wants. */
export const hostileSuite = (stage: () => Stage) =>
  describe('what is sent with ill intent, or by mistake', () => {
    let page: Page
    let taskUrl: string
    beforeAll(async () => {
      const taskId = await stage().fixtures.load(startHostile(), { goal: hostileGoal })
      taskUrl = `${stage().system.consoleUrl}/tasks/${taskId}`
      page = await stage().openPage()
    })
    afterAll(() => page?.context().close())

    test('23: scripts, handlers, addresses of scripts and remote images in an output do nothing and ask nobody', async () => {
      const before = stage().complaints.length
      await page.goto(`${taskUrl}/output`)
      const result = page.getByRole('article', { name: 'Result' })
      await result.getByText('The text behind it all.').waitFor()
      await result.getByText('image not shown: tracker').waitFor()
      const foreign = result.locator('.prose').locator('script, iframe, svg, img, style, meta')
      expect(await foreign.count()).toBe(0)
      const link = result.getByText('a link', { exact: true })
      await link.click({ force: true })
      await page.goto(`${taskUrl}/graph?step=step_scripts&insp=output&dock=closed`)
      await page
        .getByRole('region', { name: 'Inspector' })
        .getByText('The text behind it all.')
        .waitFor()
      expect(await isBroken(page)).toBeNull()
      expect(stage().complaints.slice(before)).toEqual([])
    })

    test('a megabyte on one line, a goal of 20,000 characters and titles without an end leave the page usable', async () => {
      for (const path of [
        'graph?step=step_line&insp=output',
        'steps?step=step_wide',
        'steps?step=step_arabic&insp=output',
        'output',
      ]) {
        await page.goto(`${taskUrl}/${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        expect(await isTooWide(page), path).toBe(false)
      }
      await page.goto(`${stage().system.consoleUrl}/tasks`)
      await page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').first().waitFor()
      expect(await isTooWide(page)).toBe(false)
      await page.goto(`${taskUrl}/steps?step=step_arabic`)
      await page.getByText('تحليل تعرفة الشبكة الكهربائية').first().waitFor()
      expect(await isBroken(page)).toBeNull()
      // It is cut at its end, which is at the left.
      await page.goto(`${taskUrl}/graph?dock=closed`)
      const title = page.locator('[data-step=step_arabic] .step-title')
      expect(await title.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl')
    })

    test('a goal that is too long says so where it is typed, and stays there', async () => {
      await page.goto(`${stage().system.consoleUrl}/tasks/new`)
      const goal = page.getByLabel('Goal', { exact: true })
      await goal.fill(`${hostileGoal}${'x'.repeat(500)}`)
      const typed = await goal.inputValue()
      await page.getByRole('button', { name: 'Start the task' }).click()
      await expect.poll(() => goal.getAttribute('aria-invalid')).toBe('true')
      await page
        .getByText(/20,000 characters|too long/)
        .first()
        .waitFor()
      expect(await goal.inputValue()).toBe(typed)
      expect(page.url()).toContain('/tasks/new')
    })

    test('an agent whose name is Arabic or too long is refused in a sentence', async () => {
      const { send } = stageClient(stage())
      for (const name of ['محلل', 'n'.repeat(200)]) {
        const agent = { name, prompt: 'Work.', description: 'Works.', tools: [] }
        const step = {
          name: 'one',
          title: 'One',
          agent: name,
          instruction: 'Do it.',
          promise: { description: 'It is done.' },
        }
        const body = JSON.stringify({ goal: 'Do it.', plan: { agents: [agent], steps: [step] } })
        const response = await send('/api/tasks', {
          method: 'POST',
          body,
          key: `agent-${name.length}`,
        })
        expect([response.status, await response.text()]).toEqual([
          400,
          expect.stringContaining('a name is 1 to 40 characters'),
        ])
      }
    })

    test('an address with a step, a version, a position or a task that is not there leaves the page usable', async () => {
      await page.goto(`${taskUrl}/graph?step=step_nowhere`)
      await page.locator('.step-card').first().waitFor()
      await page.getByText('no plan has this step').waitFor()
      await page.goto(`${taskUrl}/graph?step=step_line&insp=attempts&attempt=9`)
      await page.getByText('There is no attempt 9 of this step').waitFor()
      await page.goto(`${taskUrl}/nowhere?step=step_line`)
      await page.getByText('A task has no view “nowhere”').waitFor()
      await expect.poll(() => page.url()).toContain('/graph?step=step_line')
      await page.goto(`${taskUrl}/draft?version=77`)
      await page.getByText('There is no version 77').waitFor()
      await page.goto(`${taskUrl}/plan/1?against=77`)
      await page.getByText('no version 77 to compare it with').waitFor()
      await page.goto(`${taskUrl}/plan/first`)
      await page.getByText('There is no page with this address').waitFor()
      await page.goto(`${taskUrl}/graph?at=999999`)
      await page.locator('.step-card').first().waitFor()
      await expect.poll(() => mark(page, 'mode')).toBe('replay')
      expect(await mark(page, 'seq')).toBe(await mark(page, 'head'))
      await page.getByText('event 999999 is not there').waitFor()
      await page.goto(`${taskUrl}/graph?at=-3&dock=nothing&insp=nowhere`)
      await page.locator('.step-card').first().waitFor()
      expect(await mark(page, 'mode')).toBe('live')
      await page.goto(`${stage().system.consoleUrl}/tasks/task_nowhere/graph`)
      await page.getByRole('alert').getByText('This task could not be read').waitFor()
      await page.getByRole('link', { name: 'Tasks' }).first().click()
      await page.getByRole('list', { name: 'Tasks' }).waitFor()
    })
  })
