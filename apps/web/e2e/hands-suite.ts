import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { heldTask } from './held-task.ts'
import { onlyAtLength } from './only-at-length.ts'
import type { Stage } from './open-stage.ts'
import { stageClient } from './stage-client.ts'
import { mark, numberMark, statusOf } from './task-page.ts'

/** What is done with menus, bars and dialogs, on tasks that wait for a person. */
export const handsSuite = (stage: () => Stage) =>
  describe('menus, bars and dialogs', () => {
    let page: Page
    let url: string
    let taskId: string
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const create = (goal: string) => stageClient(stage()).createTask(heldTask(goal))

    beforeAll(async () => {
      taskId = await create('A task that is handled.')
      url = `${stage().system.consoleUrl}/tasks/${taskId}`
      page = await stage().openPage()
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    })
    afterAll(() => page?.context().close())

    test('the menu of a step says why what cannot be done cannot be, and gives the focus back', async () => {
      await page.goto(`${url}/graph?dock=closed`)
      const graph = page.getByRole('group', { name: /^Plan of 3 steps/ })
      await page.locator('.step-card[data-status=needs-you]').waitFor()
      await graph.focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Shift+F10')
      const menu = page.getByRole('menu', { name: 'Actions of The first step' })
      const output = menu.getByRole('menuitem', { name: 'Copy output' })
      expect(await output.getAttribute('aria-disabled')).toBe('true')
      await menu.getByText('It has no output at this moment').waitFor()
      await page.keyboard.press('End')
      await page.keyboard.press('Escape')
      await menu.waitFor({ state: 'detached' })
      await expect.poll(() => graph.evaluate((one) => one === document.activeElement)).toBe(true)
    })

    test('a key leads to the question, another opens what asks why not, and neither decides it', async () => {
      await page.goto(`${url}/graph?dock=closed`)
      await page.locator('[data-approval]').waitFor()
      await page.keyboard.press('a')
      await page.keyboard.press('r')
      await page.getByLabel('Why not?').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('m')
      await page.getByLabel('What should it do differently?').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Approve', exact: true }).waitFor()
    })

    test('the menu copies, which is told where one looks, and leads to the log of its step', async () => {
      await page.goto(`${url}/graph?dock=closed`)
      const open = () => page.locator('[data-step=step_third]').click({ button: 'right' })
      const item = (name: string) => page.getByRole('menuitem', { name, exact: true })
      await open()
      await item('Copy id').click()
      await page.getByRole('list', { name: 'Notices' }).getByText('Copied the id').waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('step_third')
      await open()
      await item('Show its log').click()
      await expect.poll(() => page.url()).toContain('q=step%3A3')
    })

    test('before a step is left out one sees what goes with it; an agent is edited in an editor that keeps nobody in', async () => {
      await page.goto(`${url}/graph?dock=closed`)
      const choose = async (name: string) => {
        await page.locator('[data-step=step_second]').click({ button: 'right' })
        await page.getByRole('menuitem', { name, exact: true }).click()
      }
      await choose('Leave it out…')
      const dialog = page.getByRole('dialog', { name: 'Leave it out?' })
      await dialog.getByRole('cell', { name: 'The third step' }).waitFor()
      await dialog.getByText('Without it the task ends without a result').waitFor()
      await dialog.getByRole('button', { name: 'Back' }).click()
      await choose('Add step after…')
      const what = page.getByRole('dialog').getByLabel('What is to be changed?')
      expect(await what.inputValue()).toBe('insert')
      await page.getByRole('dialog').getByText('waits for the new step').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

      await choose('Edit agent…')
      const prompt = page.getByRole('textbox', { name: 'P Prompt' })
      const hasFocus = () => prompt.evaluate((one) => one === document.activeElement)
      await expect.poll(hasFocus).toBe(true)
      await page.keyboard.press('Control+End')
      await page.keyboard.type(' Be short.')
      await page.getByText('1 unsaved change').waitFor()
      expect(await prompt.innerText()).toContain('Write. Be short.')
      await page.keyboard.press('Escape')
      expect(await hasFocus()).toBe(false)
      await page.keyboard.press('Shift+Tab')
      await prompt.focus()
      await page.keyboard.press('Tab')
      expect(await hasFocus()).toBe(false)
      await page.keyboard.press('Control+s')
      await page.getByText('version 2', { exact: true }).waitFor()
      await prompt.waitFor({ state: 'detached' })
    })

    test('somebody else changes an agent while one types: put on their version, the focus goes on at what one changed', async () => {
      const shared = await create('A task of whose agent two think.')
      const { send, task } = stageClient(stage())
      await page.goto(
        `${stage().system.consoleUrl}/tasks/${shared}/graph?step=step_second&dock=closed`,
      )
      await page.locator('.step-card[data-status=needs-you]').waitFor()
      await button('Edit agent').click()
      await page.getByRole('textbox', { name: 'P Prompt' }).focus()
      await page.keyboard.press('Control+End')
      await page.keyboard.type(' Be short.')
      await page.getByText('1 unsaved change').waitFor()
      const { state } = await task(shared)
      const [agentId] = state.status === 'unborn' ? [] : Object.keys(state.agents)
      const changes = { description: 'Writes, and reads it once more.' }
      const changed = await send(`/api/tasks/${shared}/agents/${agentId}`, {
        method: 'POST',
        body: JSON.stringify({ version: 1, changes, when: 'next-attempt', reason: '' }),
        key: crypto.randomUUID(),
      })
      expect(changed.ok).toBe(true)
      await button('Put my changes on version 2').focus()
      // It says why not while the words of that version are on their way.
      await expect
        .poll(() => button('Put my changes on version 2').getAttribute('aria-disabled'))
        .toBe(null)
      await page.keyboard.press('Enter')
      const focused = () => page.evaluate(() => document.activeElement?.textContent)
      await expect.poll(focused).toBe('1 unsaved change')
      const diff = page.getByLabel('Changes of the prompt')
      await diff.getByText('Be short.').waitFor()
      const isInSight = () =>
        diff.evaluate((one) => {
          const { top } = one.getBoundingClientRect()
          return one.contains(
            document.elementFromPoint(one.getBoundingClientRect().left + 4, top + 8),
          )
        })
      expect(await isInSight()).toBe(true)
      await page.keyboard.press('Control+s')
      await page.getByText('version 3', { exact: true }).waitFor()
    })

    test('what one began to tell a step is still there after another step was looked at, and after a reload', async () => {
      await page.goto(`${url}/graph?step=step_second&dock=closed`)
      const inspector = page.getByRole('region', { name: 'Inspector' })
      const words = inspector.getByLabel('What should its agent know?')
      await inspector.getByRole('button', { name: 'Tell it something' }).click()
      await words.fill('Mind the year 2024.')
      await page.locator('[data-step=step_third]').click()
      await words.waitFor({ state: 'detached' })
      await page.locator('[data-step=step_second]').click()
      expect(await words.inputValue()).toBe('Mind the year 2024.')
      await page.reload()
      expect(await words.inputValue()).toBe('Mind the year 2024.')
      await inspector.getByRole('button', { name: 'Tell it', exact: true }).click()
      await words.waitFor({ state: 'detached' })
      await page.reload()
      await inspector.getByRole('button', { name: 'Tell it something' }).waitFor()
    })

    test('several tasks are chosen by keys, paused, resumed and ended at once, and what became of it is told', async () => {
      await create('Many at once: one')
      await create('Many at once: two')
      await page.goto(`${stage().system.consoleUrl}/tasks?q=many+at+once`)
      const rows = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem')
      await expect.poll(() => rows.count()).toBe(2)
      await expect.poll(async () => (await rows.allInnerTexts()).join()).not.toContain('Drafting')
      for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
      const bar = page.getByRole('toolbar', { name: 'Chosen tasks' })
      await bar.getByText('2 tasks chosen').waitFor()
      for (const [name, done] of [
        ['Pause 2', '2 of 2 paused'],
        ['Resume 2', '2 of 2 resumed'],
      ] as const) {
        await bar.getByRole('button', { name }).click()
        await bar.getByText(done).waitFor()
      }
      await bar.getByRole('button', { name: 'Cancel 2' }).click()
      await bar.getByRole('button', { name: 'Cancel 2 tasks for good' }).click()
      await bar.getByText('2 of 2 cancelled').waitFor()
      await expect
        .poll(async () => (await rows.allInnerTexts()).join())
        .toMatch(/Cancelled.*Cancelled/s)
    })

    test('a moment gets a name, which outlives Escape while it is typed, leads back there, is changed and taken away', async () => {
      await page.goto(`${url}/graph?at=2&dock=closed`)
      await expect.poll(() => mark(page, 'mode')).toBe('replay')
      await page.keyboard.press('b')
      const dialog = page.getByRole('dialog', { name: 'Bookmarks' })
      await dialog.getByLabel('Name for event 2').fill('Here it begins')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await dialog.getByText('What you typed is not sent').waitFor()
      await dialog.getByRole('button', { name: 'Set' }).click()
      const named = (name: string) =>
        dialog.getByRole('button', { name: new RegExp(`^${name} event 2`) })
      await named('Here it begins').waitFor()
      await dialog.getByRole('button', { name: 'Close' }).click()
      await page.keyboard.press('l')
      await expect.poll(() => mark(page, 'mode')).toBe('live')
      await page.keyboard.press('b')
      await named('Here it begins').click()
      await expect.poll(() => numberMark(page, 'seq')).toBe(2)
      await page.keyboard.press('b')
      await dialog.getByRole('button', { name: 'Rename Here it begins' }).click()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('The beginning')
      await page.keyboard.press('Enter')
      await named('The beginning').waitFor()
      // One goes on from where the name was asked for.
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
      await expect.poll(focused).toBe('Rename The beginning')
      await dialog.getByRole('button', { name: 'Remove The beginning' }).click()
      await named('The beginning').waitFor({ state: 'detached' })
      const removed = dialog.getByRole('listitem').filter({ hasText: '“The beginning” is removed' })
      await removed.getByRole('button', { name: 'Undo' }).click()
      await named('The beginning').waitFor()
      await dialog.getByRole('button', { name: 'Close' }).click()
    })

    test('the log of the services is filtered, a line opens, and its time leads to its moment', async () => {
      await page.goto(`${url}/graph?dock=services`)
      const log = page.getByRole('log', { name: 'Log of the services' })
      const lines = log.locator('[aria-expanded]')
      await lines.first().waitFor()
      const filter = page.getByLabel('Filter of the services’ log')
      await filter.fill('service:nobody')
      await log.getByText('No line fits this filter').waitFor()
      await filter.fill('level:')
      await page
        .getByRole('alert')
        .getByText(/^At character \d+/)
        .waitFor()
      await filter.fill('')
      await lines.first().click()
      await log.getByRole('button', { name: 'Copy the whole line' }).waitFor()
      await log
        .getByRole('button', { name: /^\d\d:\d\d:\d\d\.\d{3}$/ })
        .first()
        .click()
      await expect.poll(() => mark(page, 'mode')).toBe('replay')
    })

    test('what is typed stays when it could not be sent, and is sent when it can be', async () => {
      await page.goto(`${stage().system.consoleUrl}/tasks/new`)
      const goal = page.getByLabel('Goal', { exact: true })
      await goal.fill('Which month was the driest?')
      await page.route('**/api/tasks', (route) => route.abort())
      await button('Start the task').click()
      await page.getByRole('alert').getByText('The task was not created').waitFor()
      expect(await goal.inputValue()).toBe('Which month was the driest?')
      await page.unroute('**/api/tasks')

      await page.goto(`${url}/graph?dock=closed`)
      await button('Reject').click()
      await page.getByLabel('Why not?').fill('It is not needed any more.')
      await page.route('**/decision', (route) => route.abort())
      await button('Reject and stop').click()
      await page.getByRole('alert').getByText('Maestro does not answer').waitFor()
      expect(await page.getByLabel('Why not?').inputValue()).toBe('It is not needed any more.')
      await page.unroute('**/decision')
      await button('Reject and stop').click()
      await expect.poll(() => statusOf(page)).not.toBe('Running')
    })

    test('a session that ends covers the page, and what is typed there is there after signing in again', async () => {
      const asked = await create('A task whose reader is signed out.')
      const other = await stage().openPage()
      await other.goto(`${stage().system.consoleUrl}/tasks/${asked}/graph?dock=closed`)
      await other.getByRole('button', { name: 'Reject', exact: true }).click()
      const why = other.getByLabel('Why not?')
      await why.fill('It is half a sentence')
      await other.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
      const door = other.getByRole('dialog', { name: 'Sign in again' })
      await door.getByText('Your session has ended').waitFor()
      await other.keyboard.press('Escape')
      await other.keyboard.press('Escape')
      await door.getByLabel('Token').fill(stage().system.token)
      await door.getByRole('button', { name: 'Sign in' }).click()
      await door.waitFor({ state: 'detached' })
      expect(await why.inputValue()).toBe('It is half a sentence')
      await other.getByText('Live updates lost').waitFor({ state: 'detached' })
      await other.getByRole('button', { name: 'Reject and stop' }).click()
      await expect.poll(() => statusOf(other)).not.toBe('Running')
      await other.context().close()
    })

    test(
      'a command whose answer does not come says so after a while, and checking again is not a second one',
      onlyAtLength,
      async () => {
        const held = await create('A task whose answers are slow.')
        await page.goto(`${stage().system.consoleUrl}/tasks/${held}/graph?dock=closed`)
        await page.locator('.step-card[data-status=needs-you]').waitFor()
        const keys: (string | undefined)[] = []
        await page.route('**/pause', async (route) => {
          keys.push(route.request().headers()['idempotency-key'])
          if (keys.length > 1) await route.continue()
        })
        await button('Pause').click()
        await page.getByText('Still waiting for it to take effect').waitFor()
        await button('Check again').click()
        await expect.poll(() => statusOf(page)).toBe('Paused')
        expect(keys).toEqual([expect.any(String), keys[0]])
        await page.unroute('**/pause')
      },
    )
  })
