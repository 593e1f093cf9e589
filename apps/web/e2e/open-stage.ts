import type { TaskId } from '@maestro/contracts/ids'
import { startDemo } from '@maestro/e2e/fixtures/demo'
import { demoGoal } from '@maestro/e2e/fixtures/demo-plan'
import { type Fixtures, openFixtures } from '@maestro/e2e/fixtures/open-fixtures'
import { startTestSystem, type TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumArgs } from './chromium-args.ts'

/** A busy machine with two cores is slow, not wrong. */
const patienceMs = 45_000

type PageOptions = {
  width?: number
  height?: number
  touch?: boolean
  theme?: 'dark'
  /** Asks for stillness, as a person may in their system. */
  still?: boolean
  signedIn?: boolean
}

export type Stage = {
  system: TestSystem
  browser: Browser
  /** Tasks whose history is made up. */
  fixtures: Fixtures
  /** The task `demo`, put in by whoever asks first. */
  demo: () => Promise<TaskId>
  /** A browser of its own, signed in by the printed link unless told otherwise. */
  openPage: (options?: PageOptions) => Promise<Page>
  /** What went wrong in any page: errors, refused by the content security policy, requests that left the host. */
  complaints: string[]
  close: () => Promise<void>
}

/** A whole Maestro on rehearsal, slow enough to be watched, and a browser. */
export const openStage = async (executablePath: string): Promise<Stage> => {
  const [system, browser] = await Promise.all([
    startTestSystem({
      withConsole: true,
      moreEnv: { 'llm-router': { REHEARSAL_CHUNK_DELAY_MS: '60' } },
    }),
    chromium.launch({ executablePath, args: [...chromiumArgs] }),
  ])
  const complaints: string[] = []
  const fixtures = openFixtures(system)
  let demo: Promise<TaskId> | undefined

  const watch = (page: Page) => {
    page.setDefaultTimeout(patienceMs)
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
    page.on('console', (message) => {
      const text = message.text()
      // Refusals and cuts that a test asks for are answers, not mistakes of the page.
      const isAskedFor = /^(Failed to load resource|WebSocket connection to)/.test(text)
      if (message.type() === 'error' && !isAskedFor) complaints.push(`console: ${text}`)
    })
    page.on('request', (request) => {
      const url = request.url()
      const isOurs = url.startsWith(system.consoleUrl) || /^(blob|data):/.test(url)
      if (!isOurs) complaints.push(`left the host: ${url}`)
    })
  }

  return {
    system,
    browser,
    fixtures,
    demo: () => (demo ??= fixtures.load(startDemo(), { goal: demoGoal })),
    complaints,
    openPage: async ({
      width = 1_440,
      height = 900,
      touch = false,
      theme,
      still = false,
      signedIn = true,
    } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        hasTouch: touch,
        isMobile: touch,
        // The default is white whatever the system prefers.
        colorScheme: 'dark',
        reducedMotion: still ? 'reduce' : 'no-preference',
      })
      if (theme) await context.addInitScript(`localStorage.setItem('maestro.theme', '${theme}')`)
      const page = await context.newPage()
      watch(page)
      await page.goto(`${system.consoleUrl}/${signedIn ? `?token=${system.token}` : ''}`)
      return page
    },
    close: async () => {
      await browser.close()
      await fixtures.close()
      await system.stop()
    },
  }
}
