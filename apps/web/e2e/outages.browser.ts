import { startDemo } from '@maestro/e2e/fixtures/demo'
import { demoGoal } from '@maestro/e2e/fixtures/demo-plan'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from './find-chromium.ts'
import { openStage, type Stage } from './open-stage.ts'

const executable = findChromium(process.env)
/** A question to a service that is gone ends after its own time, and the browser asks again before it gives up. */
const patient = { timeout: 120_000 }

/** Services, the page that asks them, and what stands on it all the same. */
const outages = [
  ['scheduler-1', '/queues', 'Queues'],
  ['budget-1', '/costs', 'Costs'],
] as const

/** Check 25 of the console's design: each service is taken away for good, one after the other. */
describe.skipIf(executable === null)('what a page says when a service is gone', () => {
  let stage: Stage
  let page: Page
  let taskUrl: string
  beforeAll(async () => {
    stage = await openStage(executable ?? '')
    const taskId = await stage.fixtures.load(startDemo(), { goal: demoGoal })
    taskUrl = `${stage.system.consoleUrl}/tasks/${taskId}`
    page = await stage.openPage()
    await page.goto(`${taskUrl}/graph`)
    await page.locator('.step-card').first().waitFor()
  })
  afterAll(() => stage?.close())

  const isUsable = async () => {
    await page.getByRole('link', { name: 'Tasks' }).first().click()
    await page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').first().waitFor()
  }

  test.each(outages)(
    '25: %s: its panel says so under the id of the request',
    async (name, path, title) => {
      await stage.system.lose(name)
      await page.goto(`${stage.system.consoleUrl}${path}`)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      const alert = page.getByRole('alert').filter({ hasText: 'could not be read' }).first()
      await alert.waitFor(patient)
      await alert.getByRole('button', { name: 'Try again' }).waitFor()
      expect(await alert.innerText()).toMatch(/Request\s+\S{8,}/)
      await isUsable()
    },
  )

  test('25: without the history a task is still shown live, and its past comes from what is kept elsewhere or says that it is away', async () => {
    await stage.system.lose('timeline-1')
    await page.goto(`${taskUrl}/graph`)
    await page.locator('.step-card').first().waitFor(patient)
    await page.goto(`${taskUrl}/output`)
    await page.getByRole('article', { name: 'Result' }).getByText('Build it in Germany').waitFor()
    await isUsable()
  })

  test('25: without any router the console reads on', async () => {
    await stage.system.lose('llm-router-1')
    await page.goto(`${stage.system.consoleUrl}/status`)
    await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor()
    await page.goto(`${taskUrl}/steps`)
    await page.getByRole('table', { name: 'Steps' }).waitFor()
    await isUsable()
  })

  test('25: without the orchestrator the page stays, and each panel that asks it says so', async () => {
    await page.goto(`${taskUrl}/graph`)
    await page.locator('.step-card').first().waitFor(patient)
    await stage.system.lose('orchestrator-1')
    // What is there stays there.
    await page.getByRole('link', { name: 'Steps' }).click()
    await page.getByRole('table', { name: 'Steps' }).waitFor()
    await page.goto(`${stage.system.consoleUrl}/needs-you`)
    const alert = page.getByRole('alert').filter({ hasText: 'could not be read' }).first()
    await alert.waitFor(patient)
    expect(await alert.innerText()).toMatch(/Request\s+\S{8,}/)
    await page.getByRole('link', { name: 'Status' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor()
  })
})
