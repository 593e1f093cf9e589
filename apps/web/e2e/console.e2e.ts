import type { Page } from 'playwright-core'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousViolations } from './axe.ts'
import { initialScriptBytes } from './bundle-size.ts'
import { findChromium } from './find-chromium.ts'
import { openStage, type Stage } from './open-stage.ts'

const executable = findChromium(process.env)
if (executable === null)
  process.stderr.write(
    '\n  !!! No Chromium was found: the console is NOT tested in a browser.\n  !!! Install it (apt-get install chromium) or set CHROMIUM_PATH.\n\n',
  )

const webDist = join(import.meta.dirname, '..', 'dist')
const csv = 'month,rain_mm\nJanuary,41\nFebruary,38\nMarch,52\nApril,77\nMay,64\nJune,90\n'
const untilMs = 90_000

const root = (page: Page) => page.locator('[data-task]')
const statusOf = (page: Page) => root(page).locator('dl dd').first()
const scrubber = (page: Page) => page.getByRole('slider', { name: 'Position in the history' })
const mark = (page: Page, name: string) => root(page).getAttribute(`data-${name}`)

type NewTask = { goal: string; asks?: string }

const createTask = async (page: Page, { goal, asks }: NewTask) => {
  await page.getByRole('link', { name: 'New task' }).first().click()
  await page.getByLabel('Goal').fill(goal)
  await page
    .getByLabel('Choose files')
    .last()
    .setInputFiles({ name: 'rain.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('list', { name: 'Chosen files' }).getByText('rain.csv').waitFor()
  if (asks) await page.getByText(asks, { exact: true }).click()
  await page.getByRole('button', { name: 'Start the task' }).click()
  await page.waitForURL(/\/tasks\/task_/)
  await root(page).waitFor()
}

const open = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click()

describe.skipIf(executable === null)('the console in a browser', () => {
  let stage: Stage
  let page: Page
  let finishedUrl = ''

  beforeAll(async () => {
    stage = await openStage(executable ?? '')
    page = await stage.openPage()
  })
  afterAll(() => stage?.close())

  test('a wrong token is refused in words, the right one opens the console', async () => {
    const visitor = await stage.openPage({ signedIn: false })
    await visitor.getByLabel('Token').fill('not-the-token')
    await visitor.getByRole('button', { name: 'Sign in' }).click()
    await visitor.getByRole('alert').waitFor()
    expect(await seriousViolations(visitor)).toEqual([])
    await visitor.getByLabel('Token').fill(stage.system.token)
    await visitor.getByRole('button', { name: 'Sign in' }).click()
    await visitor.getByRole('heading', { name: 'Tasks' }).waitFor()
    expect(visitor.url()).not.toContain('token')
    await visitor.context().close()
  })

  test('a goal with a file runs before one’s eyes to a result with its figures', async () => {
    await createTask(page, { goal: 'Which month of rain.csv was the wettest?' })
    await open(page, 'Graph')
    await page.locator('.step-card').first().waitFor()
    const early = Number(await mark(page, 'seq'))
    await expect.poll(() => statusOf(page).innerText(), { timeout: untilMs }).toBe('Done')
    expect(Number(await mark(page, 'seq'))).toBeGreaterThan(early)
    await page.getByText('Rehearsal: no model was asked').waitFor()
    await open(page, 'Output')
    const result = page.getByRole('article', { name: 'Result' })
    await result
      .getByText(/rehearsal/i)
      .first()
      .waitFor()
    const text = await result.innerText()
    expect(text).toContain('rain_mm')
    expect(text).toMatch(/\b6\b/)
    expect(text).toContain('90')
    finishedUrl = page.url().split('?')[0] ?? ''
  })

  test('the download is the result, and what it says of itself', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download .md' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.md$/)
  })

  test('the inspector tells who did a step, with which words, by which calls', async () => {
    await open(page, 'Graph')
    await page.locator('.step-card').first().click()
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.getByLabel('the prompt', { exact: true }).waitFor()
    await inspector.getByText('Calls', { exact: true }).click()
    await inspector.getByText('Attempt 1, turn 1').waitFor()
    await inspector.getByText('rehearsal/').first().waitFor()
    await inspector.getByText('Output', { exact: true }).click()
    await inspector.getByText(/./).first().waitFor()
    await page.keyboard.press('i')
    await inspector.waitFor({ state: 'detached' })
  })

  test('scrubbing shows every moment by the same fold, and comes back to the same picture', async () => {
    const live = { seq: await mark(page, 'seq'), hash: await mark(page, 'graph-hash') }
    await scrubber(page).focus()
    await page.keyboard.press('Home')
    await expect.poll(() => mark(page, 'mode')).toBe('replay')
    expect(await mark(page, 'seq')).toBe('1')
    const first = await mark(page, 'graph-hash')
    expect(first).not.toBe(live.hash)
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(async () => Number(await mark(page, 'seq'))).toBeGreaterThan(1)

    for (let press = 0; press < 8; press += 1) await page.keyboard.press('PageDown')
    await page.waitForURL(/at=\d+/)
    const middle = { seq: await mark(page, 'seq'), hash: await mark(page, 'graph-hash') }
    await expect.poll(() => page.url()).toContain(`at=${middle.seq}`)
    expect(await scrubber(page).getAttribute('aria-valuetext')).toContain(`Event ${middle.seq} of`)
    for (const name of ['Pause', 'Run one step', 'Cancel'])
      expect(await page.getByRole('button', { name }).getAttribute('aria-disabled')).toBe('true')

    const other = await stage.openPage()
    await other.goto(page.url())
    await expect.poll(() => mark(other, 'seq'), { timeout: untilMs }).toBe(middle.seq)
    expect(await mark(other, 'graph-hash')).toBe(middle.hash)
    await other.context().close()

    await scrubber(page).focus()
    await page.keyboard.press('End')
    await expect.poll(() => mark(page, 'mode')).toBe('live')
    expect(await mark(page, 'graph-hash')).toBe(live.hash)
    expect(page.url()).not.toContain('at=')
  })

  test('the back button retraces jumps', async () => {
    await page.getByRole('group').getByText('Events', { exact: true }).click()
    const events = page.getByRole('table', { name: 'Events' })
    await events.getByRole('button', { name: /^\d+$/ }).first().click()
    await expect.poll(() => mark(page, 'mode')).toBe('replay')
    await page.goBack()
    await expect.poll(() => mark(page, 'mode')).toBe('live')
  })

  test('pause holds a task, one step can be let through, resume lets it end', async () => {
    await page.goto(`${stage.system.consoleUrl}/tasks`)
    await createTask(page, { goal: 'Describe rain.csv in detail.' })
    await open(page, 'Graph')
    await page.locator('.step-card[data-status=running]').first().waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect.poll(() => statusOf(page).innerText()).toBe('Paused')
    const head = Number(await mark(page, 'head'))
    await page.getByRole('button', { name: 'Run one step' }).click()
    await expect.poll(async () => Number(await mark(page, 'head'))).toBeGreaterThan(head)
    expect(await statusOf(page).innerText()).toBe('Paused')
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(() => statusOf(page).innerText(), { timeout: untilMs }).toBe('Done')
  })

  test('a plan that waits for approval is decided by keyboard alone and then runs', async () => {
    await page.goto(`${stage.system.consoleUrl}/tasks`)
    await createTask(page, {
      goal: 'Summarise rain.csv after I have seen the plan.',
      asks: 'Before it runs the plan',
    })
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    expect(page.url()).toContain('/draft')
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Needs you' }).waitFor()
    const approvals = page.getByRole('list', { name: 'Open approvals' })
    await approvals.getByRole('button', { name: 'Approve' }).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.reload()
    await approvals.getByRole('button', { name: 'Approve' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Nothing waits on you').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    const row = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').first()
    await expect.poll(() => row.innerText(), { timeout: untilMs }).toContain('Done')
  })

  test.each(['light', 'dark'] as const)(
    'axe finds nothing serious in the %s theme',
    async (theme) => {
      const reader = await stage.openPage(theme === 'dark' ? { theme } : {})
      const addresses = [
        '/tasks',
        '/tasks?q=nothing-has-this',
        '/tasks/new',
        '/needs-you',
        '/queues',
        '/costs',
        '/status',
        '/settings/appearance',
        ...['graph?step=', 'steps', 'draft', 'output', 'graph?at=9&dock=events'].map(
          (view) =>
            `${finishedUrl.replace(stage.system.consoleUrl, '').replace(/\/\w+$/, '')}/${view}`,
        ),
      ]
      for (const address of addresses) {
        await reader.goto(`${stage.system.consoleUrl}${address}`)
        await reader.getByRole('heading', { level: 1 }).waitFor()
        await reader.waitForLoadState('networkidle')
        expect(await seriousViolations(reader), address).toEqual([])
      }
      expect(await reader.locator('html').getAttribute('data-theme')).toBe(
        theme === 'dark' ? 'dark' : null,
      )
      await reader.context().close()
    },
  )

  test('on a phone nothing scrolls sideways, and what one touches is large enough', async () => {
    const phone = await stage.openPage({ width: 390, height: 844, touch: true })
    const addresses = ['/tasks', '/tasks/new', '/queues', '/costs', '/status']
    for (const address of [...addresses, `${new URL(finishedUrl).pathname}`]) {
      await phone.goto(`${stage.system.consoleUrl}${address}`)
      await phone.getByRole('heading', { level: 1 }).waitFor()
      expect(
        await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth'),
        address,
      ).toBe(true)
      for (const button of await phone.locator('main button:visible').all()) {
        const box = await button.boundingBox()
        if (box && (await button.getAttribute('data-row')) === null)
          expect(Math.round(box.height), await button.innerText()).toBeGreaterThanOrEqual(44)
      }
    }
    await phone.context().close()
  })

  test('when the gateway goes away the banner says so, and the console comes back by itself', async () => {
    await page.goto(`${stage.system.consoleUrl}/tasks`)
    await page.getByText('Live', { exact: true }).waitFor()
    await stage.system.kill('gateway-1')
    await page.getByText('Live updates lost').waitFor()
    await stage.system.untilReady('gateway-1')
    await page.getByText('Live updates lost').waitFor({ state: 'detached', timeout: untilMs })
  })

  test('pages start with few scripts', async () => {
    const lists = ['pages/tasks/TasksPage', 'pages/needs-you/NeedsYouPage', 'pages/costs/CostsPage']
    for (const list of lists)
      expect(await initialScriptBytes(webDist, [`src/${list}.tsx`]), list).toBeLessThan(200_000)
    const task = ['src/pages/task/TaskPage.tsx', 'src/pages/task/GraphView.tsx']
    expect(await initialScriptBytes(webDist, task)).toBeLessThan(330_000)
  })

  test('no page broke, broke its policy or asked another host for anything', () => {
    expect(stage.complaints).toEqual([])
  })
})
