import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousViolations } from './axe.ts'
import { initialScriptBytes } from './bundle-size.ts'
import { taskViews } from '../src/paths.ts'
import { findChromium } from './find-chromium.ts'
import { tabTo, unseenFocus } from './focus-seen.ts'
import { tooLow } from './too-low.ts'
import { graphKeysSuite } from './graph-keys-suite.ts'
import { graphPictureSuite } from './graph-picture-suite.ts'
import { graphTouchSuite } from './graph-touch-suite.ts'
import { handsSuite } from './hands-suite.ts'
import { homeSuite } from './home-suite.ts'
import { hostileSuite } from './hostile-suite.ts'
import { inspectorSuite } from './inspector-suite.ts'
import { looksSuite } from './looks-suite.ts'
import { lostEventsSuite } from './lost-events-suite.ts'
import { openStage, type Stage } from './open-stage.ts'
import { replaySuite } from './replay-suite.ts'
import { stageClient } from './stage-client.ts'
import { createTask, numberMark, openView, statusOf } from './task-page.ts'
import { onlyAtLength } from './only-at-length.ts'
import { twoPeopleSuite } from './two-people-suite.ts'

const executable = findChromium(process.env)
if (executable === null)
  process.stderr.write(
    '\n  !!! No Chromium was found: the console is NOT tested in a browser.\n  !!! Install it (apt-get install chromium) or set CHROMIUM_PATH.\n\n',
  )

const webDist = join(import.meta.dirname, '..', 'dist')
const patient = { timeout: 90_000 }

describe.skipIf(executable === null)('the console in a browser', () => {
  let stage: Stage
  let consoleUrl: string
  let page: Page
  /** What the printed address opened before there was any task. */
  let firstStart: { ways: number; panels: number; violations: string[] }
  /** The page of a task that has ended, without its view. */
  let finishedPath: string

  beforeAll(async () => {
    stage = await openStage(executable ?? '')
    consoleUrl = stage.system.consoleUrl
    page = await stage.openPage()
    await page.getByText('No task yet').waitFor()
    firstStart = {
      ways: await page.getByRole('main').getByRole('link', { name: 'New task' }).count(),
      panels: await page.locator('section[data-panel]').count(),
      violations: await seriousViolations(page),
    }
    await createTask(page, { consoleUrl, goal: 'Which month of rain.csv was the wettest?' })
    finishedPath = new URL(page.url()).pathname.split('/').slice(0, 3).join('/')
  })
  afterAll(() => stage?.close())

  test('a task runs before one’s eyes to a result with the figures of its file', async () => {
    // Before anything that a slow browser has to draw: the task does not wait for it.
    const early = await numberMark(page, 'seq')
    await openView(page, 'Graph')
    await page.locator('.step-card').first().waitFor()
    await expect.poll(() => statusOf(page), patient).toBe('Done')
    expect(await numberMark(page, 'seq')).toBeGreaterThan(early)
    await page.getByText('Rehearsal: no model was asked').waitFor()
    await openView(page, 'Output')
    const result = page.getByRole('article', { name: 'Result' })
    await result
      .getByText(/rehearsal/i)
      .first()
      .waitFor()
    const text = await result.innerText()
    for (const figure of ['rain_mm', /\b6\b/, '90']) expect(text).toMatch(figure)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download .md' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.md$/)
  })

  test('a new Maestro says why there is nothing to see, and how to begin', () => {
    expect(firstStart.ways).toBeGreaterThan(0)
    expect(firstStart.panels).toBe(0)
    expect(firstStart.violations).toEqual([])
  })

  test('a wrong token is refused in words, the right one opens the console', async () => {
    const visitor = await stage.openPage({ signedIn: false })
    const signIn = visitor.getByRole('button', { name: 'Sign in' })
    await visitor.getByLabel('Token').fill('not-the-token')
    await signIn.click()
    await visitor.getByRole('alert').waitFor()
    expect(await seriousViolations(visitor)).toEqual([])
    await visitor.getByLabel('Token').fill(stage.system.token)
    await signIn.click()
    await visitor.getByRole('heading', { name: 'Home' }).waitFor()
    expect(visitor.url()).not.toContain('token')
    await visitor.context().close()
  })

  test('the inspector tells who did a step, with which words, by which calls', async () => {
    await page.goto(`${consoleUrl}${finishedPath}/graph`)
    await page.locator('.step-card').first().click()
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.getByLabel('the prompt', { exact: true }).waitFor()
    await inspector.getByText('Calls', { exact: true }).click()
    await inspector.getByText('Attempt 1, turn 1').waitFor()
    await inspector.getByText('rehearsal/').first().waitFor()
    await inspector.getByText('Output', { exact: true }).click()
    await inspector.locator('.prose, pre').first().waitFor()
    await page.keyboard.press('i')
    await inspector.waitFor({ state: 'detached' })
  })

  test('pause holds a task, one step can be let through, resume lets it end', async () => {
    await createTask(page, { consoleUrl, goal: 'Describe rain.csv in detail.' })
    await openView(page, 'Graph')
    await page.locator('.step-card[data-status=running]').first().waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect.poll(() => statusOf(page)).toBe('Paused')
    const head = await numberMark(page, 'head')
    await page.getByRole('button', { name: 'Run one step' }).click()
    await expect.poll(() => numberMark(page, 'head')).toBeGreaterThan(head)
    expect(await statusOf(page)).toBe('Paused')
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(() => statusOf(page), patient).toBe('Done')
  })

  test(
    'a change of the plan that is typed outlives Escape, and the change of somebody else',
    onlyAtLength,
    async () => {
      await createTask(page, { consoleUrl, goal: 'Describe rain.csv once more.' })
      await openView(page, 'Graph')
      await page.locator('.step-card[data-status=running]').first().click()
      await page.getByRole('button', { name: 'Pause' }).click()
      await expect.poll(() => statusOf(page)).toBe('Paused')
      const other = await page.context().newPage()
      await other.goto(page.url())
      for (const one of [page, other]) {
        await one.getByRole('button', { name: 'Change the plan here' }).click()
        await one.getByLabel('Title').fill('Look at it again')
        await one.getByLabel('What is it to do?').fill('Read the answer.\nSay what is missing.')
      }
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.mouse.click(4, 4)
      await page.getByText('What you typed is not sent').waitFor()
      await other.getByRole('button', { name: 'Change the plan', exact: true }).click()
      await other.getByRole('dialog').waitFor({ state: 'detached' })
      await other.close()
      await page.getByRole('button', { name: /^Put it on version/ }).click()
      await page.getByRole('button', { name: 'Change the plan', exact: true }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Resume' }).click()
      await expect.poll(() => statusOf(page), patient).toBe('Done')
    },
  )

  test('a part that does not load leaves the page and what is typed there, and comes when it is tried again', async () => {
    await page.goto(`${consoleUrl}/tasks/new`)
    const goal = page.getByLabel('Goal', { exact: true })
    await goal.fill('Which month was the driest?')
    const file = /\/Palette-[^/]+\.js$/
    await page.route(file, (route) => route.abort())
    await page.keyboard.press('Control+k')
    await page.getByText('This part could not be loaded').waitFor()
    await page.unroute(file)
    await page.getByRole('button', { name: 'Try again' }).click()
    const asked = page.getByRole('combobox', { name: 'Go to or do' })
    await asked.waitFor()
    const chosen = await asked.getAttribute('aria-activedescendant')
    const option = page.getByRole('option', { selected: true })
    expect(await option.getAttribute('id')).toBe(chosen)
    expect(chosen).not.toContain(' ')
    await page.keyboard.press('Escape')
    expect(await goal.inputValue()).toBe('Which month was the driest?')
  })

  test('4: a plan that waits outlives a reload; by keyboard alone one finds it, reads what changed, approves, and sees the focus all the while', async () => {
    const goal = 'Summarise rain.csv after I have seen the plan.'
    await createTask(page, { consoleUrl, goal, asks: 'Before it runs the plan' })
    await page.getByRole('button', { name: 'Approve', exact: true }).waitFor()
    await expect.poll(() => page.url()).toContain('/draft')
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Needs you' }).waitFor()
    const open = page.getByRole('list', { name: 'Open approvals' })
    await open.getByRole('button', { name: 'Approve', exact: true }).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.reload()
    const row = open.getByRole('link', { name: goal })
    await row.waitFor()
    await tabTo(page, row)
    await page.keyboard.press('Enter')
    const changes = page.getByRole('region', { name: 'Changes' })
    await changes.getByText('Changed since version 1').waitFor()
    await tabTo(page, changes.getByRole('link', { name: 'Word by word' }))
    await page.keyboard.press('Enter')
    await changes.getByText(/\d+ changes? · N moves on/).waitFor()
    await page.keyboard.press('n')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('LI')
    expect(await unseenFocus(page)).toBeNull()
    // Alt ← is a key of the browser itself, which no page gets.
    await page.goBack()
    const approve = page.getByRole('button', { name: 'Approve', exact: true })
    await approve.waitFor()
    await page.keyboard.press('a')
    expect(await unseenFocus(page)).toBeNull()
    await tabTo(page, approve)
    await page.keyboard.press('Enter')
    await expect.poll(() => statusOf(page)).not.toBe('Needs you')
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await page.getByText('Nothing waits on you').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    const line = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').first()
    await expect.poll(() => line.innerText(), patient).toContain('Done')
  })

  test('a task that is put into the queue shows there, and runs when its turn comes', async () => {
    const goal = 'Count the words of this goal, in its turn.'
    await page.goto(`${consoleUrl}/tasks/new`)
    await page.getByLabel('Goal', { exact: true }).fill(goal)
    await page.getByText('Through the queue', { exact: true }).click()
    await page.getByText('High', { exact: true }).click()
    await page.getByRole('button', { name: 'Put into the queue' }).click()
    await page.waitForURL(/\/queues$/)
    const row = page.getByRole('region', { name: 'Queue default' }).getByRole('listitem').first()
    await expect.poll(() => row.innerText(), patient).toContain(goal)
    await expect.poll(() => row.innerText(), patient).toContain('High priority')
    await expect.poll(() => row.innerText(), patient).toContain('Done')
  })

  const axeFindsNothing = async (theme: 'light' | 'dark') => {
    const reader = await stage.openPage(theme === 'dark' ? { theme } : {})
    const lists = ['/', '/tasks', '/tasks?q=nothing-has-this', '/needs-you', '/queues', '/costs']
    const views = [...taskViews, 'plan/1', 'graph?at=9&dock=events']
    const found: string[] = []
    for (const path of [
      ...lists,
      '/tasks/new',
      '/status',
      '/settings/appearance',
      '/settings/providers',
      ...views.map((view) => `${finishedPath}/${view}`),
    ]) {
      await reader.goto(`${consoleUrl}${path}`)
      await reader.getByRole('heading', { level: 1 }).waitFor()
      await reader.waitForLoadState('networkidle')
      for (const violation of await seriousViolations(reader)) found.push(`${path}: ${violation}`)
    }
    expect(found).toEqual([])
    const isDark = (await reader.locator('html').getAttribute('data-theme')) === 'dark'
    expect(isDark).toBe(theme === 'dark')
    await reader.context().close()
  }
  test('axe finds nothing serious in the light theme', () => axeFindsNothing('light'))
  test('axe finds nothing serious in the dark theme', onlyAtLength, () => axeFindsNothing('dark'))

  test('on a phone nothing scrolls sideways, and what one touches is large enough', async () => {
    const phone = await stage.openPage({ width: 390, height: 844, touch: true })
    const { createTask: createByApi, send } = stageClient(stage)
    const agent = { name: 'writer', prompt: 'Write.', description: 'Writes.', tools: [] }
    const step = {
      name: 'write',
      title: 'Write it',
      agent: 'writer',
      instruction: 'Write a sentence.',
      promise: { description: 'A sentence.' },
      gate: true,
    }
    const asking = await createByApi({
      goal: 'Ask before the only step.',
      plan: { agents: [agent], steps: [step] },
    })
    const found: string[] = []
    const lists = [
      '/needs-you',
      '/?arrange=true',
      '/tasks',
      '/tasks/new',
      '/queues',
      '/costs',
      '/status',
    ]
    const views = ['steps', 'draft', 'output', 'graph?dock=log'].map(
      (view) => `${finishedPath}/${view}`,
    )
    for (const path of [...lists, ...views]) {
      await phone.goto(`${consoleUrl}${path}`)
      await phone.getByRole('heading', { level: 1 }).waitFor()
      await phone.waitForLoadState('networkidle')
      if (path === '/needs-you') await phone.getByRole('link', { name: 'One step' }).waitFor()
      if (path.endsWith('dock=log'))
        await phone.getByRole('log').getByRole('button').first().waitFor()
      const isWider = 'document.documentElement.scrollWidth > window.innerWidth'
      if (await phone.evaluate(isWider)) found.push(`${path} scrolls sideways`)
      for (const target of await tooLow(phone)) found.push(`${path} ${target}`)
    }
    expect(found).toEqual([])
    await send(`/api/tasks/${asking}/cancel`, { method: 'POST', body: '{}', key: 'phone-cancel' })
    await phone.context().close()
  })

  test('when the gateway goes away the banner says so, and the console comes back by itself', async () => {
    await page.goto(`${consoleUrl}/tasks`)
    const lost = page.getByText('Live updates lost')
    await page.getByText('Live', { exact: true }).waitFor()
    // It is back within a second, sometimes before the banner is due: then it is ended once more.
    await expect
      .poll(async () => {
        await stage.system.untilReady('gateway-1')
        await stage.system.kill('gateway-1')
        return lost.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        )
      }, patient)
      .toBe(true)
    await stage.system.untilReady('gateway-1')
    await lost.waitFor({ state: 'detached', ...patient })
  })

  homeSuite(() => stage)
  handsSuite(() => stage)
  replaySuite(() => stage)
  looksSuite(() => stage)
  graphKeysSuite(() => stage)
  graphPictureSuite(() => stage)
  graphTouchSuite(() => stage)
  inspectorSuite(() => stage)
  twoPeopleSuite(() => stage)
  lostEventsSuite(() => stage)
  hostileSuite(() => stage)

  test('pages start with few scripts', async () => {
    const lists = ['home/HomePage', 'tasks/TasksPage', 'needs-you/NeedsYouPage', 'costs/CostsPage']
    for (const list of lists)
      expect(await initialScriptBytes(webDist, [`src/pages/${list}.tsx`])).toBeLessThan(182_000)
    const task = ['src/pages/task/TaskPage.tsx', 'src/pages/task/GraphView.tsx']
    expect(await initialScriptBytes(webDist, task)).toBeLessThan(310_000)
  })

  test('no page broke, broke its policy or asked another host for anything', () => {
    expect(stage.complaints).toEqual([])
  })
})
