import { startDemo } from '@maestro/e2e/fixtures/demo'
import { demoGoal } from '@maestro/e2e/fixtures/demo-plan'
import { hostileGoal, startHostile } from '@maestro/e2e/fixtures/hostile'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { taskViews } from '../src/paths.ts'
import { seriousViolations } from './axe.ts'
import { findChromium } from './find-chromium.ts'
import { unseenStops } from './focus-seen.ts'
import { openStage, type Stage } from './open-stage.ts'
import { stageClient } from './stage-client.ts'
import { createTask, mark, numberMark, scrubber, statusOf } from './task-page.ts'

const executable = findChromium(process.env)
const patient = { timeout: 90_000 }
/** The smallest thing that a finger finds. */
const targetPx = 44

const lists = [
  '/',
  '/?arrange=true&period=30d',
  '/tasks',
  '/tasks?q=nothing-has-this',
  '/tasks/new',
  '/needs-you',
  '/queues',
  '/costs',
  '/status',
  '/status?q=level:warn',
  '/tasks/import',
  '/settings/providers',
  '/settings/appearance',
  '/settings/shortcuts',
  '/nowhere',
]
const pathsOf = (taskId: string) => [
  ...taskViews.map((view) => `/tasks/${taskId}/${view}`),
  `/tasks/${taskId}/plan/1`,
  `/tasks/${taskId}/graph?at=9&dock=events`,
  `/tasks/${taskId}/graph?dock=services`,
]

/** Checks 1, 4, 13 and 22 of the console's design, with tasks in it in which most of what can happen does. */
describe.skipIf(executable === null)('every page, with real tasks in it', () => {
  let stage: Stage
  let paths: string[]
  beforeAll(async () => {
    stage = await openStage(executable ?? '')
    const { fixtures } = stage
    await fixtures.load(startDemo(), { goal: demoGoal })
    await fixtures.load(startHostile(), { goal: hostileGoal })
    const author = await stage.openPage()
    await createTask(author, {
      consoleUrl: stage.system.consoleUrl,
      goal: 'Say which month was the wettest, once I have seen the plan.',
      asks: 'Before it runs the plan',
    })
    await author.getByRole('button', { name: 'Approve', exact: true }).waitFor(patient)
    const waiting = (await mark(author, 'task')) ?? ''
    const { state } = await stageClient(stage).task(waiting)
    const asked = state.status === 'unborn' ? [] : Object.keys(state.approvals)
    await author.context().close()
    paths = [
      ...lists,
      ...pathsOf('task_demo'),
      '/tasks/task_demo/graph?at=412&step=step_tariffs-de&insp=calls',
      '/tasks/task_demo/steps?step=step_report&insp=output',
      '/tasks/task_demo/plan/2?against=1',
      ...pathsOf('task_hostile'),
      ...pathsOf(waiting),
      ...asked.map((approvalId) => `/approvals/${approvalId}`),
    ]
  })
  afterAll(() => stage?.close())

  const visit = async (page: Page, path: string) => {
    await page.goto(`${stage.system.consoleUrl}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
  }

  test.each(['light', 'dark'] as const)(
    '1: axe finds nothing serious on any page in the %s theme',
    async (theme) => {
      const page = await stage.openPage(theme === 'dark' ? { theme } : {})
      const found: string[] = []
      for (const path of paths) {
        await visit(page, path)
        for (const violation of await seriousViolations(page)) found.push(`${path}: ${violation}`)
      }
      expect(found).toEqual([])
      await page.context().close()
    },
  )

  test('4: wherever the tabulator stops, one sees it', async () => {
    const page = await stage.openPage()
    const found: string[] = []
    for (const path of paths) {
      await visit(page, path)
      for (const stop of await unseenStops(page)) found.push(`${path}: ${stop}`)
    }
    expect(found).toEqual([])
    await page.context().close()
  })

  test.each([
    [390, 844],
    [1_024, 768],
    [1_440, 900],
  ])(
    '22: at %s × %s no page scrolls as a whole, and fingers find what they press',
    async (width, height) => {
      const touch = width === 390
      const page = await stage.openPage({ width, height, touch })
      const found: string[] = []
      for (const path of paths) {
        await visit(page, path)
        const size = await page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement
          return { wide: scrollWidth, high: scrollHeight }
        })
        if (size.wide > width) found.push(`${path}: ${size.wide} px wide`)
        // What is long scrolls within the page, below its bar and above the navigation.
        if (size.high > height) found.push(`${path}: ${size.high} px high`)
        if (!touch) continue
        for (const button of await page.locator('main button:visible:not([data-row])').all()) {
          const box = await button.boundingBox()
          const high = Math.round(box?.height ?? targetPx)
          const name = (await button.getAttribute('aria-label')) ?? (await button.innerText())
          if (high < targetPx) found.push(`${path} ${name}: ${high} px high`)
        }
      }
      expect(found).toEqual([])
      await page.context().close()
    },
  )

  test('22: on a phone a plan is approved, and what runs is paused and goes on', async () => {
    const phone = await stage.openPage({ width: 390, height: 844, touch: true })
    await createTask(phone, {
      consoleUrl: stage.system.consoleUrl,
      goal: 'Describe rain.csv, from a phone.',
      asks: 'Before it runs the plan',
    })
    const approve = phone.getByRole('button', { name: 'Approve', exact: true })
    await approve.waitFor(patient)
    await approve.tap()
    await expect.poll(() => statusOf(phone), patient).toBe('Running')
    await phone.getByRole('button', { name: 'Pause' }).tap()
    await expect.poll(() => statusOf(phone)).toBe('Paused')
    await phone.getByRole('button', { name: 'Resume' }).tap()
    await expect.poll(() => statusOf(phone), patient).toBe('Done')
    await phone.context().close()
  })

  test('13: the width of a panel and the height of another change by a click and by keys', async () => {
    const page = await stage.openPage()
    await visit(page, '/tasks/task_demo/graph?step=step_report')
    const widthOf = async (name: string) =>
      Math.round((await page.getByRole('region', { name }).boundingBox())?.width ?? 0)
    const heightOf = async (name: string) =>
      Math.round((await page.getByRole('region', { name }).boundingBox())?.height ?? 0)
    const width = () => widthOf('Inspector')
    const height = () => heightOf('Log and events')
    for (const [sizeOf, button, splitter, key] of [
      [width, 'Wider or narrower', 'Width of the inspector', 'ArrowRight'],
      [height, 'Taller or lower', 'Height of the log', 'ArrowDown'],
    ] as const) {
      const before = await sizeOf()
      await page.getByRole('button', { name: button }).click()
      await expect.poll(sizeOf).not.toBe(before)
      const after = await sizeOf()
      await page.getByRole('separator', { name: splitter }).focus()
      await page.keyboard.press(key)
      await page.keyboard.press(key)
      await expect.poll(sizeOf).not.toBe(after)
    }
    await page.context().close()
  })

  test('13: the position in the history changes by buttons, and by a number', async () => {
    const page = await stage.openPage()
    await visit(page, '/tasks/task_demo/graph')
    await expect.poll(() => scrubber(page).getAttribute('aria-valuemax')).toBe('980')
    await page.getByRole('button', { name: /^Previous event/ }).click()
    await expect.poll(() => mark(page, 'seq')).toBe('979')
    await page.getByRole('button', { name: /^First event/ }).click()
    await expect.poll(() => numberMark(page, 'seq')).toBe(1)
    await page.getByRole('button', { name: /^Next event/ }).click()
    await expect.poll(() => numberMark(page, 'seq')).toBe(2)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Go to or do' }).fill('412')
    await page.keyboard.press('Enter')
    await expect.poll(() => numberMark(page, 'seq')).toBe(412)
    await page.context().close()
  })

  test('13: the order of providers and a priority change by buttons', async () => {
    const page = await stage.openPage()
    await visit(page, '/tasks/new')
    await page.getByText('My order', { exact: true }).click()
    const order = page.getByRole('list', { name: 'Order of providers' })
    const used = async () => {
      const names = await order.getByRole('listitem').locator('label').allInnerTexts()
      return names.filter((name) => /^\d/.test(name))
    }
    await order.getByRole('checkbox').nth(1).check()
    const before = await used()
    expect(before.length).toBeGreaterThan(1)
    await order
      .getByRole('button', { name: /later$/ })
      .first()
      .click()
    await expect.poll(used).not.toEqual(before)
    await page.getByText('Through the queue', { exact: true }).click()
    await page.getByRole('radio', { name: 'High' }).check({ force: true })
    expect(await page.getByRole('radio', { name: 'High' }).isChecked()).toBe(true)
    await page.context().close()
  })

  test('no page broke, broke its policy or asked another host for anything', () => {
    expect(stage.complaints).toEqual([])
  })
})
