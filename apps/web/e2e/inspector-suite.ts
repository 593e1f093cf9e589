import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousViolations } from './axe.ts'
import { onlyAtLength } from './only-at-length.ts'
import type { Stage } from './open-stage.ts'

/** What one reads of a step, and how one goes through all of them. */
export const inspectorSuite = (stageOf: () => Stage): void => {
  describe('a step is read and found without the graph', () => {
    let page: Page
    let taskUrl: string

    beforeAll(async () => {
      const stage = stageOf()
      const taskId = await stage.demo()
      page = await stage.openPage()
      taskUrl = `${stage.system.consoleUrl}/tasks/${taskId}`
    })
    afterAll(() => page?.context().close())

    const inspector = () => page.getByRole('region', { name: 'Inspector' })

    test('a step offers in Steps what it offers in the graph, by keyboard as well', async () => {
      await page.goto(`${taskUrl}/steps?dock=closed`)
      const rows = page.getByRole('treegrid', { name: 'Steps' }).getByRole('row')
      await rows.filter({ hasText: 'Say what is compared' }).focus()
      await page.keyboard.press('End')
      const focused = () =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))
      await expect.poll(focused).toBe('41')
      await page.keyboard.press('Shift+F10')
      const menu = page.getByRole('menu')
      await menu.getByRole('menuitem', { name: 'Copy output' }).waitFor()
      expect(await menu.getByRole('menuitem').count()).toBeGreaterThan(8)
      await page.keyboard.press('Escape')
      await expect.poll(focused).toBe('41')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.url()).toContain('step=')
    })

    test('Steps tells what the lines of the graph tell: the critical path, conditions and what is handed over', async () => {
      await page.goto(`${taskUrl}/steps?dock=closed`)
      const row = (words: string) => page.getByRole('row').filter({ hasText: words })
      const first = row('Say what is compared')
      const sign = 'On the critical path'
      await first.getByTitle(sign, { exact: true }).waitFor()
      await first.getByText(/On the critical path\. Gives \d+ B\.$/).waitFor()
      await page.getByLabel('Words in a step').fill('Look closer')
      await row('Look closer where')
        .getByText(/Runs only if outputs.+ Its condition does not hold\. Gets \d+ B\.$/)
        .waitFor()
      expect(await page.getByTitle(sign, { exact: true }).count()).toBe(0)
    })

    test('steps are filtered by status, agent and words, which stand in the address; what nothing fits says so', async () => {
      await page.goto(`${taskUrl}/steps?dock=closed`)
      const rows = page.getByRole('treegrid', { name: 'Steps' }).getByRole('row')
      const words = page.getByLabel('Words in a step')
      await words.fill('tariff')
      await page.getByText(/^\d+ of 40 steps$/).waitFor()
      await expect.poll(() => page.url()).toContain('find=tariff')
      await page.reload()
      await page.getByText(/^\d+ of 40 steps$/).waitFor()
      expect(await words.inputValue()).toBe('tariff')
      await words.fill('nobody says this')
      await page.getByText('No match').waitFor()
      await page.getByRole('button', { name: 'Clear filters' }).last().click()
      await expect.poll(() => rows.count()).toBeGreaterThan(8)
      await page.getByLabel('Status').selectOption({ index: 1 })
      await expect.poll(() => page.url()).toContain('only=')
      await page.getByText(/^\d+ of 40 steps$/).waitFor()
    })

    test('a filter by a tool finds what it answered, and a line of the log is copied with its date', async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.goto(`${taskUrl}/steps`)
      const log = page.getByRole('log', { name: 'Log' })
      const tool = 'run_javascript'
      await page.getByLabel('Filter of the log').fill(`tool:${tool}`)
      const answered = page.getByText(new RegExp(`^${tool} answered in`))
      const line = log.locator('.group', { has: answered }).first()
      await line.hover()
      await line.getByRole('button', { name: /^Copy line/ }).click()
      // Its label says so for a moment only, and rows move while older events come in.
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()))
        .toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT.* ${tool} answered in`))
    })

    test(
      'messages, memory, costs and attempts of a step stand in the address, and tell of the shown position alone',
      onlyAtLength,
      async () => {
        await page.goto(`${taskUrl}/steps?step=step_report&insp=messages&dock=closed`)
        const messages = inspector().getByRole('list', { name: 'Messages' })
        await messages.getByText('wants version 1 revised').waitFor()
        expect(await seriousViolations(page)).toEqual([])
        await page.goto(`${taskUrl}/steps?step=step_report&insp=messages&dock=closed&at=300`)
        // Before the step began, what was said to every agent is all that it has.
        await messages.getByText('says', { exact: true }).waitFor()
        expect(await messages.getByRole('listitem').count()).toBe(1)
        for (const [name, told] of [
          ['Memory', 'Handed over'],
          ['Costs', 'Spent'],
          ['Attempts', 'This step has not been attempted yet'],
        ] as const) {
          await inspector().getByText(name, { exact: true }).click()
          await expect.poll(() => page.url()).toContain(`insp=${name.toLowerCase()}`)
          await inspector().getByText(told).waitFor()
          expect(await seriousViolations(page)).toEqual([])
        }
        await page.goto(`${taskUrl}/steps?step=step_model-nl&insp=attempts&dock=closed`)
        await inspector().getByRole('article', { name: 'Attempt 2' }).waitFor()
        await inspector().getByText('Did not deliver').waitFor()
      },
    )

    test('the order of providers is changed by buttons and saved', onlyAtLength, async () => {
      await page.goto(`${stageOf().system.consoleUrl}/settings/providers`)
      const order = page.getByRole('list', { name: 'Order of providers' })
      const first = () => order.getByRole('listitem').first().innerText()
      await expect.poll(first).toContain('Groq')
      await page.getByRole('button', { name: 'Ask Gemini earlier' }).click()
      const save = page.getByRole('button', { name: 'Save the order' })
      await save.click()
      await expect.poll(() => save.getAttribute('aria-disabled')).toBe('true')
      await expect.poll(() => save.getAttribute('aria-busy')).toBeNull()
      await page.reload()
      await expect.poll(first).toContain('Gemini')
    })
  })
}
