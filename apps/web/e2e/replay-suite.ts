import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stage } from './open-stage.ts'
import { stageClient } from './stage-client.ts'
import { mark, numberMark, scrubber } from './task-page.ts'

/** Events of `demo`; a page of the scrubber is a twentieth of them. */
const head = 980
const pageOfEvents = 49
const place = 412

/** Cards as they look: status, border and colour of each. */
const looksOf = (page: Page): Promise<string[]> =>
  page.locator('.step-card').evaluateAll((cards) =>
    cards.map((card) => {
      const { borderTopColor, borderTopStyle, borderTopWidth } = getComputedStyle(card, '::before')
      const step = card.getAttribute('data-step') ?? ''
      const status = card.getAttribute('data-status') ?? ''
      return [step, status, borderTopColor, borderTopStyle, borderTopWidth].join(' ')
    }),
  )

/** Checks 8 to 12 of the console's design, on the task `demo`. */
export const replaySuite = (stage: () => Stage) =>
  describe('replay of demo', () => {
    let page: Page
    let graph: string

    beforeAll(async () => {
      graph = `${stage().system.consoleUrl}/tasks/${await stage().demo()}/graph`
      page = await stage().openPage()
    })
    afterAll(() => page?.context().close())

    const openAtHead = async (query = '') => {
      await page.goto(`${graph}${query}`)
      await page.locator('.step-card').first().waitFor()
      await expect.poll(() => scrubber(page).getAttribute('aria-valuemax')).toBe(String(head))
      // The rail is drawn before the events are here: until then a seek waits for them.
      await expect.poll(() => numberMark(page, 'held')).toBe(head)
    }
    const isAt = (seq: number) => expect.poll(() => numberMark(page, 'seq')).toBe(seq)
    const addressIsAt = (seq: number) =>
      expect.poll(() => new URL(page.url()).searchParams.get('at')).toBe(String(seq))

    test('8: an address with a position is the same picture for everybody, and the one that scrubbing finds', async () => {
      await openAtHead('?dock=closed')
      await scrubber(page).focus()
      await page.keyboard.press('Home')
      for (let at = 1; at + pageOfEvents <= place; at += pageOfEvents)
        await page.keyboard.press('PageDown')
      while ((await numberMark(page, 'seq')) < place) await page.keyboard.press('ArrowRight')
      await addressIsAt(place)
      await isAt(place)
      const hash = await mark(page, 'graph-hash')

      const fresh = await stage().openPage()
      await fresh.goto(`${graph}?at=${place}&dock=closed`)
      await expect.poll(() => mark(fresh, 'seq')).toBe(String(place))
      expect(await mark(fresh, 'graph-hash')).toBe(hash)
      // What is in view may differ: what both show is the same.
      await fresh.locator('.step-card').first().waitFor()
      const [mine, theirs] = [await looksOf(page), new Set(await looksOf(fresh))]
      const shared = mine.filter((look) => theirs.has(look))
      const steps = new Set([...theirs].map((look) => look.split(' ')[0]))
      expect(shared.length).toBeGreaterThan(0)
      expect(shared).toEqual(mine.filter((look) => steps.has(look.split(' ')[0])))
      await fresh.context().close()
    })

    test('9: in replay nothing can be changed, and nothing but reading leaves the page', async () => {
      await openAtHead(`?at=${place}&step=step_tariffs-de`)
      await expect.poll(() => mark(page, 'mode')).toBe('replay')
      await page.getByRole('region', { name: 'Inspector' }).waitFor()
      for (const name of ['Pause', 'Run one step', 'Cancel']) {
        const button = page.getByRole('button', { name, exact: true })
        expect(await button.getAttribute('aria-disabled')).toBe('true')
      }
      const sent: string[] = []
      const listen = (request: Request) => {
        if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`)
      }
      page.on('request', listen)
      await page.keyboard.press('p')
      await page.keyboard.press('o')
      // Every button there is, but for those that lead back to the present, and the one whose
      // window would cover the page: to name a moment is no change of the task.
      const pressed = await page.evaluate(() => {
        const isLeaving = /live|play|event|bookmark/i
        const buttons = [...document.querySelectorAll<HTMLElement>('[data-task] button')].filter(
          (button) => !isLeaving.test(`${button.textContent} ${button.getAttribute('aria-label')}`),
        )
        for (const button of buttons) button.click()
        return buttons.length
      })
      expect(pressed).toBeGreaterThan(8)
      // What the buttons asked for left before this does.
      await page.evaluate(async () => {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        await fetch('/api/tasks?limit=1')
      })
      page.off('request', listen)
      expect(sent).toEqual([])
      expect(await mark(page, 'mode')).toBe('replay')
    })

    test('10: going live takes the position out of the address and shows what the server has', async () => {
      await openAtHead(`?at=${place}`)
      await expect.poll(() => mark(page, 'mode')).toBe('replay')
      await page.getByRole('button', { name: 'Go live' }).click()
      await expect.poll(() => page.url()).not.toContain('at=')
      expect(await mark(page, 'mode')).toBe('live')
      const taskId = await mark(page, 'task')
      expect(await mark(page, 'graph-hash')).toBe(await stageClient(stage()).hashOf(taskId ?? ''))
    })

    test('11: the back button retraces jumps, and no place that was only dragged over', async () => {
      await openAtHead('?axis=events')
      const box = await scrubber(page).boundingBox()
      if (box === null) throw new Error('the scrubber is not shown')
      const y = box.y + box.height / 2
      const x = (share: number) => box.x + box.width * share
      await page.mouse.move(x(0.2), y)
      await page.mouse.down()
      await expect.poll(() => page.url()).toContain('at=')
      const jumpedTo = new URL(page.url()).searchParams.get('at')
      for (const share of [0.3, 0.4, 0.5, 0.6]) await page.mouse.move(x(share), y)
      await page.mouse.up()
      const dragged = await mark(page, 'seq')
      expect(Number(dragged)).toBeGreaterThan(Number(jumpedTo))
      await addressIsAt(Number(dragged))
      await page.mouse.click(x(0.8), y)
      await expect.poll(() => numberMark(page, 'seq')).toBeGreaterThan(Number(dragged))
      // Before the jump is in the history of the browser there is nothing to go back from.
      await addressIsAt(await numberMark(page, 'seq'))
      await page.goBack()
      await isAt(Number(dragged))
      await page.goBack()
      await expect.poll(() => mark(page, 'mode')).toBe('live')

      await openAtHead('?dock=events')
      const events = page.getByRole('table', { name: 'Events' })
      const row = events.getByRole('button', { name: /^\d+$/ }).first()
      const named = Number(await row.innerText())
      await row.click()
      await addressIsAt(named)
      await isAt(named)
      await page.goBack()
      await expect.poll(() => mark(page, 'mode')).toBe('live')
    })

    test('12: the scrubber moves by its keys and says where it is', async () => {
      await openAtHead()
      const slider = scrubber(page)
      await slider.focus()
      const press = (key: string) => page.keyboard.press(key)
      await press('Home')
      await isAt(1)
      await press('ArrowRight')
      await isAt(2)
      await press('PageDown')
      await isAt(2 + pageOfEvents)
      await press('PageUp')
      await isAt(2)
      await press('Shift+ArrowRight')
      await expect.poll(() => numberMark(page, 'seq')).toBeGreaterThan(2)
      const telling = await numberMark(page, 'seq')
      await press('ArrowLeft')
      await isAt(telling - 1)
      const text = await slider.getAttribute('aria-valuetext')
      expect(text).toMatch(
        new RegExp(`^Event ${telling - 1} of ${head}, .*\\d\\d:\\d\\d:\\d\\d.*, .+`),
      )
      expect(await slider.getAttribute('aria-valuenow')).toBe(String(telling - 1))
      await press('End')
      await expect.poll(() => mark(page, 'mode')).toBe('live')
    })
  })
