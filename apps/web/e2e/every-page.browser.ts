import { startDemo } from '@maestro/e2e/fixtures/demo'
import { demoGoal } from '@maestro/e2e/fixtures/demo-plan'
import { hostileGoal, startHostile } from '@maestro/e2e/fixtures/hostile'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { taskViews } from '../src/paths.ts'
import { seriousViolations } from './axe.ts'
import { findChromium } from './find-chromium.ts'
import { openStage, type Stage } from './open-stage.ts'
import { mark, numberMark, scrubber } from './task-page.ts'

const executable = findChromium(process.env)
const lists = [
  '/tasks',
  '/tasks?q=nothing-has-this',
  '/tasks/new',
  '/needs-you',
  '/queues',
  '/costs',
  '/status',
  '/settings/appearance',
  '/nowhere',
]

describe.skipIf(executable === null)('every page, with real tasks in it', () => {
  let stage: Stage
  let paths: string[]
  beforeAll(async () => {
    stage = await openStage(executable ?? '')
    const { fixtures } = stage
    await fixtures.load(startDemo(), { goal: demoGoal })
    await fixtures.load(startHostile(), { goal: hostileGoal })
    const ofTask = (taskId: string) => [
      ...taskViews.map((view) => `/tasks/${taskId}/${view}`),
      `/tasks/${taskId}/graph?at=9&dock=events`,
    ]
    paths = [
      ...lists,
      ...ofTask('task_demo'),
      ...ofTask('task_hostile'),
      '/tasks/task_demo/graph?at=412&step=step_tariffs-de&insp=calls',
      '/tasks/task_demo/steps?step=step_report&insp=output',
    ]
  })
  afterAll(() => stage?.close())

  const visit = async (page: Page, path: string) => {
    await page.goto(`${stage.system.consoleUrl}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
  }

  test.each(['light', 'dark'] as const)(
    '1: axe finds nothing serious in the %s theme',
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

  test.each([
    [390, 844],
    [1_024, 768],
    [1_440, 900],
  ])('22: at %s × %s nothing scrolls sideways', async (width, height) => {
    const touch = width === 390
    const page = await stage.openPage({ width, height, touch })
    const found: string[] = []
    for (const path of paths) {
      await visit(page, path)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      if (wide > width) found.push(`${path}: ${wide} px`)
      if (!touch) continue
      for (const button of await page.locator('main button:visible:not([data-row])').all()) {
        const size = await button.boundingBox()
        const height = Math.round(size?.height ?? 44)
        if (height < 44) found.push(`${path} ${await button.innerText()}: ${height} px high`)
      }
    }
    expect(found).toEqual([])
    await page.context().close()
  })

  test('13: what is dragged can be done by a click or a key as well', async () => {
    const page = await stage.openPage()
    await page.goto(`${stage.system.consoleUrl}/tasks/task_demo/graph?step=step_report`)
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.waitFor()
    const widthOf = async () => Math.round((await inspector.boundingBox())?.width ?? 0)
    const before = await widthOf()
    await page.getByRole('button', { name: 'Wider or narrower' }).click()
    await expect.poll(widthOf).not.toBe(before)
    const wide = await widthOf()
    const splitter = page.getByRole('separator', { name: 'Width of the inspector' })
    await splitter.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(widthOf).not.toBe(wide)
    // The position in the history.
    await expect.poll(() => scrubber(page).getAttribute('aria-valuemax')).toBe('980')
    await page.getByRole('button', { name: /^Previous event/ }).click()
    await expect.poll(() => mark(page, 'seq')).toBe('979')
    await page.getByRole('button', { name: /^First event/ }).click()
    await expect.poll(() => numberMark(page, 'seq')).toBe(1)
    await page.getByRole('button', { name: /^Next event/ }).click()
    await expect.poll(() => numberMark(page, 'seq')).toBe(2)
    await page.context().close()
  })

  test('no page broke, broke its policy or asked another host for anything', () => {
    expect(stage.complaints).toEqual([])
  })
})
