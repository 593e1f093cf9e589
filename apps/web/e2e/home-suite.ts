import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousViolations } from './axe.ts'
import { heldTask } from './held-task.ts'
import type { Stage } from './open-stage.ts'
import { stageClient } from './stage-client.ts'

/** Home: what goes on, how it went, and the arrangement of a person. */
export const homeSuite = (stage: () => Stage) =>
  describe('home', () => {
    let page: Page
    let taskId: string
    const goal = 'A task that is seen from Home.'
    const panel = (name: string) => page.getByRole('region', { name, exact: true })
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const names = () => page.locator('section[data-panel] h2').allInnerTexts()
    const visit = (search = '') => page.goto(`${stage().system.consoleUrl}/${search}`)

    beforeAll(async () => {
      taskId = await stageClient(stage()).createTask(heldTask(goal))
      page = await stage().openPage()
    })
    afterAll(() => page?.context().close())

    test('what waits on a person and what goes on stand there, and follow without a reload', async () => {
      const waiting = panel('Needs you').getByRole('listitem').filter({ hasText: goal })
      const going = panel('Going on').getByRole('listitem').filter({ hasText: goal })
      await going.getByText('0/3').waitFor()
      await panel('At a glance').getByText('Tasks that go on').waitFor()
      const other = await page.context().newPage()
      await other.goto(page.url())
      await other.keyboard.press('g')
      await other.keyboard.press('n')
      await other.getByRole('link', { name: goal }).waitFor()
      await other.keyboard.press('g')
      await other.keyboard.press('o')
      await other
        .getByRole('list', { name: 'What waits on you' })
        .getByRole('listitem')
        .filter({ hasText: goal })
        .getByRole('link')
        .click()
      await other.getByRole('button', { name: 'Approve', exact: true }).click()
      await going.waitFor({ state: 'detached' })
      await waiting.waitFor({ state: 'detached' })
      await other.close()
    })

    test('its figures are those that the gateway answers for the period that stands in the address', async () => {
      await visit()
      await page.getByText('7 days', { exact: true }).click()
      await expect.poll(() => page.url()).toContain('period=7d')
      const response = await stageClient(stage()).send('/api/dashboard/metrics?hours=168')
      const { tasks } = (await response.json()) as { tasks: { succeeded: number } }
      expect(tasks.succeeded).toBeGreaterThan(0)
      const succeeded = panel('At a glance')
        .locator('div', { has: page.getByText('Succeeded', { exact: true }) })
        .last()
      await expect
        .poll(() => succeeded.locator('dd').first().innerText())
        .toBe(`${tasks.succeeded}`)
      const agent = panel('Agents').getByRole('row').filter({ hasText: 'writer' })
      await agent.getByText('Healthy').waitFor()
      await press('View as table')
      await panel('Spend by day')
        .getByRole('rowheader', { name: /^\d{4}-\d{2}-\d{2}$/ })
        .first()
        .waitFor()
    })

    test('one arranges it by buttons, it outlives a reload, what is hidden can be taken back, and a reset ends it', async () => {
      await visit('?arrange=true')
      await panel('At a glance').waitFor()
      const before = await names()
      await press('Move down: At a glance')
      await page.getByText(`At a glance is 2 of ${before.length} now`).waitFor()
      expect((await names()).slice(0, 2)).toEqual(['Needs you', 'At a glance'])
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
      expect(await focused()).toBe('Move down: At a glance')
      const widthOf = async () => (await panel('Needs you').boundingBox())?.width ?? 0
      const narrow = await widthOf()
      await press('Two columns: Needs you')
      await expect.poll(widthOf).toBeGreaterThan(narrow * 1.8)
      await press('Hide: What fails')
      await panel('What fails').waitFor({ state: 'detached' })
      await page
        .getByRole('list', { name: 'Notices' })
        .getByRole('button', { name: 'Undo' })
        .click()
      await panel('What fails').waitFor()
      await press('Hide: What fails')
      await page.reload()
      await page.getByRole('button', { name: 'Show: What fails' }).waitFor()
      await panel('At a glance').waitFor()
      expect((await names()).slice(0, 2)).toEqual(['Needs you', 'At a glance'])
      await press('Reset')
      expect(await names()).toEqual(before)
      await press('Done')
      await expect.poll(() => page.url()).not.toContain('arrange')
    })

    test('garbage in the storage is no arrangement, and breaks nothing', async () => {
      await page.evaluate(() => localStorage.setItem('maestro.home', '[{"panel":"x"},7,{"panel":'))
      await visit()
      await panel('Agents').waitFor()
      expect((await names())[0]).toBe('At a glance')
    })

    test('a panel whose question is not answered says so by itself, and asks again', async () => {
      await page.route('**/api/dashboard/metrics?*', (route) => route.abort())
      await visit()
      const failure = panel('At a glance').getByRole('alert')
      await failure.getByText('The figures could not be read').waitFor()
      await panel('Agents').getByRole('row').first().waitFor()
      expect(await page.getByRole('alert').count()).toBe(1)
      await page.unroute('**/api/dashboard/metrics?*')
      await failure.getByRole('button', { name: 'Try again' }).click()
      await panel('At a glance').getByText('Tokens in').waitFor()
    })

    test('the palette finds agents of all tasks, and leads to where they worked', async () => {
      await visit()
      await panel('Agents').waitFor()
      await page.keyboard.press('Control+k')
      const typed = page.getByRole('combobox', { name: 'Go to or do' })
      await typed.fill('writer all')
      await page.getByRole('option', { name: 'Agent writer, in all tasks' }).click()
      await expect.poll(() => page.url()).toContain('agent=writer')
      const last = page.getByRole('region', { name: 'Last tasks of writer' })
      await last.getByRole('link', { name: goal }).click()
      await page.waitForURL(/\/steps\?agent=writer$/)
    })

    test('the palette takes any words to the logs: of this task, and of all services', async () => {
      await page.keyboard.press('Control+k')
      const typed = page.getByRole('combobox', { name: 'Go to or do' })
      await typed.fill('first')
      await page.getByRole('option', { name: 'This task’s log for “first”' }).click()
      await expect.poll(() => page.url()).toMatch(/dock=log.*q=first|q=first.*dock=log/)
      await page.keyboard.press('Control+k')
      await typed.fill('service:orchestrator')
      await page.getByRole('option', { name: 'Logs of all services for' }).click()
      await page.waitForURL(/\/status\?q=/)
      const lines = page.getByRole('list', { name: 'Lines of the logs' })
      await expect.poll(() => lines.getByRole('listitem').count()).toBeGreaterThan(0)
      expect(await lines.getByRole('listitem').first().innerText()).toContain('orchestrator')
      await page.getByLabel('Words in the logs of all services').fill('level:loud')
      await page.getByRole('alert').getByText('At character 1').waitFor()
    })

    test('in the inspector an agent has its figures in this task and in all of them', async () => {
      await page.goto(`${stage().system.consoleUrl}/tasks/${taskId}/graph?step=step_first`)
      await page.getByRole('button', { name: 'How it did, here and in all tasks' }).click()
      const calls = page.getByRole('row', { name: /^Calls/ }).getByRole('cell')
      await expect.poll(() => calls.first().innerText()).toBe('3')
      await expect
        .poll(async () => Number(await calls.last().innerText()))
        .toBeGreaterThanOrEqual(3)
      expect(await seriousViolations(page)).toEqual([])
    })

    test('on a phone every page can be reached from the bar below', async () => {
      const phone = await stage().openPage({ width: 390, height: 844, touch: true })
      await phone.getByRole('button', { name: 'More', exact: true }).tap()
      await phone.getByRole('menuitem', { name: 'Queues' }).tap()
      await phone.getByRole('heading', { level: 1, name: 'Queues' }).waitFor()
      await phone.getByRole('link', { name: 'Home' }).tap()
      await phone.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
      await phone.context().close()
    })
  })
