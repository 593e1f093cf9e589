import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TaskId } from '@maestro/contracts/ids'
import { standInSocket } from './cut-socket.ts'
import type { Stage } from './open-stage.ts'
import { onlyAtLength } from './only-at-length.ts'
import { stageClient } from './stage-client.ts'
import { mark, numberMark, scrubber } from './task-page.ts'

const cutMs = 20_000

/** Checks 16 and 17 of the console's design. */
export const lostEventsSuite = (stage: () => Stage) =>
  describe('events that do not come', () => {
    let page: Page
    let line: Awaited<ReturnType<typeof standInSocket>>
    beforeAll(async () => {
      page = await stage().openPage()
      line = await standInSocket(page)
    })
    afterAll(() => page?.context().close())

    const openMoving = async (name: string) => {
      const { fixtures, system } = stage()
      const taskId = TaskId.parse(`task_${name}`)
      const big = await fixtures.loadBig({ taskId, steps: 40, events: 50 })
      await page.goto(`${system.consoleUrl}/tasks/${taskId}/steps?dock=closed`)
      await expect.poll(() => numberMark(page, 'head')).toBe(big.task().seq)
      return big
    }
    /** Every event is there once: as many as the newest one says, and their fold is the server's. */
    const isWhole = async (taskId: string, seq: number) => {
      await expect.poll(() => numberMark(page, 'head')).toBe(seq)
      await expect.poll(() => scrubber(page).getAttribute('aria-valuemax')).toBe(String(seq))
      expect(await mark(page, 'graph-hash')).toBe(await stageClient(stage()).hashOf(taskId))
    }

    test('17: an event that is lost on the way is fetched', async () => {
      const big = await openMoving('gap')
      const lost = big.task().seq + 3
      let isLost = false
      // The feed may pack many events into a frame: the one that holds this is gone as a whole.
      line.lose(({ text }) => {
        const isIt = !isLost && text.includes(`"seq":${lost},`)
        isLost ||= isIt
        return isIt
      })
      await stage().fixtures.publish(big, 2)
      await stage().fixtures.publish(big, 1)
      await expect.poll(() => isLost).toBe(true)
      await stage().fixtures.publish(big, 20)
      await isWhole(big.taskId, big.task().seq)
      line.lose(() => false)
    })

    test(
      '16: a line that is cut is said within three seconds, and afterwards no event is missing and none is there twice',
      onlyAtLength,
      async () => {
        const big = await openMoving('cut')
        const stopPlaying = stage().fixtures.play(big, 25)
        await expect.poll(() => numberMark(page, 'head')).toBeGreaterThan(60)
        const cutAt = performance.now()
        line.cut()
        await page.getByText('Live updates lost').waitFor()
        // Three of the design, and a machine that is busy.
        expect(performance.now() - cutAt).toBeLessThan(15_000)
        const shown = await numberMark(page, 'head')
        await expect
          .poll(() => performance.now() - cutAt, { timeout: 3 * cutMs })
          .toBeGreaterThan(cutMs)
        expect(big.task().seq).toBeGreaterThan(shown)
        line.mend()
        await page.getByText('Live updates lost').waitFor({ state: 'detached' })
        await stopPlaying()
        await isWhole(big.taskId, big.task().seq)
      },
    )
  })
