import { startDemo } from '@maestro/e2e/fixtures/demo'
import { demoGoal } from '@maestro/e2e/fixtures/demo-plan'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from './find-chromium.ts'
import { openStage, type Stage } from './open-stage.ts'

const executable = findChromium(process.env)
/** A question to a service that is gone ends after its own time, and the browser asks again before it gives up. */
const patient = { timeout: 120_000 }

const failuresOf = (page: Page) => page.getByRole('alert').filter({ hasText: 'could not be read' })

/** Check 25 of the console's design: one service after the other is taken away for good. */
describe.skipIf(executable === null)('what a page says when a service is gone', () => {
  let stage: Stage
  let page: Page
  let task: string
  beforeAll(async () => {
    stage = await openStage(executable ?? '')
    task = `/tasks/${await stage.fixtures.load(startDemo(), { goal: demoGoal })}`
    page = await stage.openPage()
    await page.goto(`${stage.system.consoleUrl}${task}/graph`)
    await page.locator('.step-card').first().waitFor()
  })
  afterAll(() => stage?.close())

  const visit = async (path: string) => {
    await page.goto(`${stage.system.consoleUrl}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  /** The panels that ask it say so, each under the id by which the log of the services finds the request; nothing else of the page does. */
  const onlyFail = async (...panels: string[]) => {
    for (const what of panels) await failuresOf(page).filter({ hasText: what }).waitFor(patient)
    expect(await failuresOf(page).count()).toBe(panels.length)
    for (const [place, what] of panels.entries()) {
      const panel = failuresOf(page).nth(place)
      const words = await panel.innerText()
      expect(words).toContain(`${what} could not be read`)
      expect(words).toMatch(/Request\s+\S{8,}/)
      await panel.getByRole('button', { name: 'Try again' }).waitFor()
    }
  }
  const leadsToTasks = async () => {
    await page.getByRole('link', { name: 'Tasks' }).first().click()
    await page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').first().waitFor()
  }

  test('25: without the scheduler the queues say so, and a task starts at once all the same', async () => {
    await stage.system.lose('scheduler-1')
    await visit('/queues')
    await onlyFail('The queues')
    await leadsToTasks()
    await visit('/status')
    await page.getByRole('row', { name: /^scheduler Does not answer/ }).waitFor(patient)
    expect(await failuresOf(page).count()).toBe(0)
  })

  test('25: without any router the providers are not known; services, streams and tasks are', async () => {
    await stage.system.lose('llm-router-1')
    await visit('/status')
    await onlyFail('The providers')
    await page.getByRole('row', { name: /^orchestrator Up/ }).waitFor()
    await visit('/tasks/new')
    const goal = page.getByLabel('Goal', { exact: true })
    await goal.fill('What is typed stays.')
    await page.getByText('No estimate now').waitFor(patient)
    expect(await goal.inputValue()).toBe('What is typed stays.')
  })

  test('25: without the budget service the limit is not known, what each task has cost is', async () => {
    await stage.system.lose('budget-1')
    await visit('/costs')
    await onlyFail('The budget', 'Where money went', 'What would save money')
    await page
      .getByRole('region', { name: /^By task/ })
      .getByRole('listitem')
      .first()
      .waitFor()
    await visit(`${task}/graph`)
    await page.locator('.step-card').first().waitFor()
    expect(await failuresOf(page).count()).toBe(0)
  })

  test('25: without the timeline Home has no figures, and says so in each panel that has some; what goes on and what waits is there', async () => {
    await stage.system.lose('timeline-1')
    await visit('/')
    await onlyFail(
      'The figures',
      'The spend',
      // Of the routers, which are gone as well.
      'What fails',
      'The agents',
      'The providers',
      'What models did',
    )
    await page.getByText('No task goes on now').waitFor()
    await page.getByText('Nothing waits on you').waitFor()
  })

  test('25: without the timeline a task is shown as it is now, and the log of the services says that it is away', async () => {
    await visit(`${task}/graph?dock=services`)
    await page.locator('.step-card').first().waitFor(patient)
    await onlyFail('The log of the services')
    await visit(`${task}/output`)
    const result = page.getByRole('article', { name: 'Result' })
    await result.getByText('Build it in Germany').waitFor(patient)
    await leadsToTasks()
  })

  test('25: without the orchestrator what is on the screen stays, and each page that asks it says so', async () => {
    await visit(`${task}/graph`)
    await page.locator('.step-card').first().waitFor(patient)
    await stage.system.lose('orchestrator-1')
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: 'Steps' })
      .click()
    await page.getByText('Rules that relieve storage').first().waitFor()
    await visit('/needs-you')
    await onlyFail('What waits on you')
    await page.getByRole('link', { name: 'Tasks' }).first().click()
    await onlyFail('The tasks')
    await page.getByRole('link', { name: 'Status' }).first().click()
    await page.getByRole('row', { name: /^orchestrator Does not answer/ }).waitFor(patient)
  })

  test('no page broke, broke its policy or asked another host for anything', () => {
    expect(stage.complaints).toEqual([])
  })
})
