import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const exampleFolder = join(import.meta.dirname, '..', 'example')
const TIMEOUT_MS = 15_000

const readExample = (name: string): string => readFileSync(join(exampleFolder, name), 'utf8')

/** The goal and the files of the example, as a client would send them. */
export const exampleTask = () => ({
  goal: readExample('goal.txt').trim(),
  inputs: [
    { name: 'orders.csv', mediaType: 'text/csv', text: readExample('orders.csv') },
    { name: 'brief.md', mediaType: 'text/markdown', text: readExample('brief.md') },
  ],
})

/** Submits the example on the very first start, so that the console is not empty. Hands back what to say about it. */
export const submitExample = async ({
  home,
  consoleUrl,
  token,
}: {
  home: string
  consoleUrl: string
  token: string
}): Promise<string | undefined> => {
  const marker = join(home, 'example-submitted')
  if (existsSync(marker)) return undefined
  try {
    const response = await fetch(`${consoleUrl}/api/tasks`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': 'first-example',
      },
      body: JSON.stringify(exampleTask()),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = await response.text()
    if (!response.ok) return `not submitted: ${response.status} ${body.slice(0, 200)}`
    writeFileSync(marker, `${body}\n`)
    return 'a first task is running, see the console'
  } catch (error) {
    return `not submitted: ${String(error)}`
  }
}
