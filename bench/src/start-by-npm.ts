import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const readyMsMax = 120_000

export type Started = { child: ChildProcess; readyMs: number; stop: () => Promise<void> }

/** Runs the README's command and waits until the console's address answers. */
export const startByNpm = async ({
  home,
  port,
}: {
  home: string
  port: number
}): Promise<Started> => {
  const startedAt = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    env: { ...process.env, MAESTRO_HOME: home, PORT: String(port), OLLAMA_BASE_URL: 'off' },
    stdio: 'ignore',
    // A group of its own, so that Ctrl-C reaches npm and everything below it, as in a terminal.
    detached: true,
  })
  const exited = once(child, 'exit')
  for (;;) {
    const answers = await fetch(`http://127.0.0.1:${port}/api/openapi.json`).then(
      (response) => response.ok,
      () => false,
    )
    if (answers) break
    if (child.exitCode !== null || performance.now() - startedAt > readyMsMax) {
      throw new Error('npm start did not get ready')
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    child,
    readyMs: performance.now() - startedAt,
    stop: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
      await exited
    },
  }
}
