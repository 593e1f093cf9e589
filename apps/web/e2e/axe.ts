import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const Violations = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    help: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
)
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds serious or critical on a page, in words; empty when there is nothing. */
export const seriousViolations = async (page: Page): Promise<string[]> => {
  // Evaluated by the browser's own tools: the content security policy of the page stays as it is.
  await page.evaluate(axe.source)
  const found = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations)`,
  )
  return Violations.parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => html).join('\n')}`)
}
