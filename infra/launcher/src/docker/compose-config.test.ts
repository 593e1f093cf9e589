import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..', '..')
const timeoutMs = 20_000

const run = ([command = '', ...args]: readonly string[]) =>
  spawnSync(command, args, { cwd: root, encoding: 'utf8', timeout: timeoutMs })

/** The plugin of the docker client, or the program of old. It needs no engine to read a file. */
const compose = [['docker', 'compose'], ['docker-compose']].find(
  (command) => run([...command, 'version']).status === 0,
)
if (!compose) {
  process.stderr.write('SKIPPED: no compose command here, so nobody reads docker-compose.yml\n')
}

const filesOf = {
  'as it is': ['docker-compose.yml'],
  'with a CA for the build': ['docker-compose.yml', 'infra/docker/build-ca.compose.yml'],
}

test.skipIf(!compose).each(Object.entries(filesOf))(
  'compose reads the file %s, with no secret given',
  (_, files) => {
    // The program of old cannot give a secret to a build.
    if (compose?.length === 1 && files.length > 1) return
    const named = files.flatMap((file) => ['--file', file])
    const { status, stderr } = run([
      ...(compose ?? []),
      '--env-file',
      '.env.example',
      ...named,
      'config',
      '--quiet',
    ])
    expect([status, status === 0 ? '' : stderr]).toEqual([0, ''])
  },
  timeoutMs * 2,
)
