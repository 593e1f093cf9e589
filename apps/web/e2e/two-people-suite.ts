import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { standInSocket } from './cut-socket.ts'
import type { Stage } from './open-stage.ts'
import { stageClient } from './stage-client.ts'
import { onlyAtLength } from './only-at-length.ts'
import { createTask, mark, numberMark, statusOf } from './task-page.ts'

const patient = { timeout: 90_000 }
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Checks 6 and 7 of the console's design, and a line that breaks while somebody decides. */
export const twoPeopleSuite = (stage: () => Stage) =>
  describe('two people at one approval', () => {
    let first: Page
    let second: Page
    let line: Awaited<ReturnType<typeof standInSocket>>

    beforeAll(async () => {
      first = await stage().openPage()
      second = await stage().openPage()
      line = await standInSocket(second)
    })
    afterAll(async () => {
      await first?.context().close()
      await second?.context().close()
    })

    /** Both look at the same open question; of the second one nothing new comes any more. */
    const ask = async (goal: string) => {
      const { consoleUrl } = stage().system
      await createTask(first, { consoleUrl, goal, asks: 'Before it runs the plan' })
      await button(first, 'Approve').waitFor(patient)
      line.release()
      await second.goto(first.url())
      await button(second, 'Approve').waitFor()
      line.hold()
    }

    /** Rehearsal needs two versions to please its observers; the next draft is the third. Else what the page says instead. */
    const hasVersion3 = async (page: Page) => {
      const link = page.getByRole('button', { name: 'Read version 3' })
      await link.waitFor(patient).catch(async (cause: unknown) => {
        const said = (await page.locator('[data-task]').innerText()).slice(0, 1_500)
        throw new Error(`version 3 is not asked about: ${said}`, { cause })
      })
    }

    test('6: the second decision is refused and names whose was first', async () => {
      await ask('Describe rain.csv; two people decide.')
      await button(first, 'Approve').click()
      await expect.poll(() => statusOf(first), patient).not.toBe('Needs you')
      await button(second, 'Reject').click()
      await second.getByLabel('Why not?').fill('It costs too much.')
      await button(second, 'Reject and stop').click()
      const refusal = second.getByRole('alert').getByText('Yours came second')
      await refusal.waitFor()
      expect(await refusal.innerText()).toMatch(/approved by owner, .*\d\d:\d\d/)
      // What was typed is still there to be copied.
      expect(await second.getByLabel('Why not?').inputValue()).toBe('It costs too much.')
      line.release()
      await expect.poll(() => statusOf(first), patient).toBe('Done')
    })

    test(
      '7: approving a plan that was sent back does nothing, and the newer one shows what it changed',
      onlyAtLength,
      async () => {
        await ask('Describe rain.csv; the plan changes meanwhile.')
        await button(first, 'Ask for another draft').click()
        await first.getByLabel('What should the next draft do better?').fill('Use one more step.')
        await button(first, 'Ask for another draft').click()
        await hasVersion3(first)
        await button(second, 'Approve').click()
        await second.getByRole('alert').getByText('sent back for another draft by owner').waitFor()
        await expect.poll(() => statusOf(first)).toBe('Needs you')
        line.release()
        await second.getByRole('button', { name: 'Read version 3' }).click(patient)
        await second
          .getByRole('region', { name: 'Changes' })
          .getByText('Changed since version 2')
          .waitFor()
        await button(second, 'Approve').click()
        await expect.poll(() => statusOf(second), patient).toBe('Done')
      },
    )

    test(
      '5: a line that breaks in the middle of a decision keeps what is typed, and decides nothing by itself',
      onlyAtLength,
      async () => {
        await ask('Describe rain.csv; the line breaks.')
        line.release()
        await button(second, 'Ask for another draft').click()
        const words = second.getByLabel('What should the next draft do better?')
        await words.fill('Say which month was the driest.')
        line.cut()
        await second.getByText('Live updates lost').waitFor()
        await expect
          .poll(() => button(second, 'Ask for another draft').getAttribute('aria-disabled'))
          .toBe('true')
        expect(await words.inputValue()).toBe('Say which month was the driest.')
        line.mend()
        await second.getByRole('button', { name: 'Retry now' }).click()
        await second.getByText('Live updates lost').waitFor({ state: 'detached', ...patient })
        expect(await words.inputValue()).toBe('Say which month was the driest.')
        await button(second, 'Ask for another draft').click()
        await second.getByRole('button', { name: 'Read version 3' }).waitFor(patient)
        // Reloaded, the same question stands there undecided.
        await second.reload()
        await button(second, 'Approve').waitFor()
        await expect.poll(() => statusOf(second)).toBe('Needs you')
        const taskId = (await mark(second, 'task')) ?? ''
        const { task } = stageClient(stage())
        const behind = async () => (await task(taskId)).seq - (await numberMark(second, 'head'))
        await expect.poll(behind).toBe(0)
        await button(second, 'Reject').click()
        await second.getByLabel('Why not?').fill('It was only a test.')
        await button(second, 'Reject and stop').click()
        await expect.poll(() => statusOf(second), patient).toBe('Cancelled')
      },
    )
  })
