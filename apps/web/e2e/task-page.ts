import type { Page } from 'playwright-core'

const csv = 'month,rain_mm\nJanuary,41\nFebruary,38\nMarch,52\nApril,77\nMay,64\nJune,90\n'

/** The page of a task, by what it says of itself. */
const root = (page: Page) => page.locator('[data-task]')
export const mark = (page: Page, name: string) => root(page).getAttribute(`data-${name}`)
export const numberMark = async (page: Page, name: string) => Number(await mark(page, name))
export const statusOf = (page: Page) => root(page).locator('dl dd').first().innerText()
export const scrubber = (page: Page) =>
  page.getByRole('slider', { name: 'Position in the history' })

export const openView = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click()

type NewTask = { consoleUrl: string; goal: string; asks?: string }

/** Fills in the form as a person would, with a table of six months of rain, and comes to the task's page. */
export const createTask = async (page: Page, { consoleUrl, goal, asks }: NewTask) => {
  await page.goto(`${consoleUrl}/tasks`)
  await page.getByRole('link', { name: 'New task' }).first().click()
  await page.getByRole('heading', { name: 'New task' }).waitFor()
  await page.getByLabel('Goal', { exact: true }).fill(goal)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'rain.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('list', { name: 'Chosen files' }).getByText('rain.csv').waitFor()
  if (asks) await page.getByText(asks, { exact: true }).click()
  await page.getByRole('button', { name: 'Start the task' }).click()
  const refusal = page.getByRole('alert')
  await Promise.race([page.waitForURL(/\/tasks\/task_/), refusal.waitFor()])
  if (await refusal.isVisible()) throw new Error(await refusal.innerText())
  await root(page).waitFor()
}
