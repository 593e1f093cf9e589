import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { runToEnd } from '../process/run-to-end.ts'

/** What apt or dpkg said when it failed. */
class PackageProblem extends Error {}

export type Unpacked = { readonly isDone: boolean; readonly output: string }

const aptOptions = (state: string, hasOwnSources: boolean): readonly string[] => {
  const options = [
    `Dir::State=${state}/state`,
    `Dir::State::Lists=${state}/lists`,
    'Dir::State::status=/dev/null',
    `Dir::Cache=${state}/cache`,
    ...(hasOwnSources
      ? [`Dir::Etc::SourceList=${state}/sources.list`, 'Dir::Etc::SourceParts=/dev/null']
      : []),
    'Debug::NoLocking=1',
    // The sandbox user could not write to a folder of ours.
    'APT::Sandbox::User=',
    'Acquire::Languages=none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false',
    'Acquire::Retries=3',
  ]
  return options.flatMap((option) => ['-o', option])
}

/**
 * Downloads Debian packages (apt checks their signatures) and unpacks them into a folder of ours. Needs no root,
 * installs nothing, starts no system service.
 */
export const unpackDebianPackages = async ({
  packages,
  sourcesList,
  folder,
}: {
  packages: readonly string[]
  sourcesList?: string | undefined
  folder: string
}): Promise<Unpacked> => {
  const work = mkdtempSync(`${folder}-download-`)
  const state = join(work, 'apt')
  const downloads = join(work, 'downloads')
  const unpacked = join(work, 'unpacked')
  for (const needed of ['state', 'lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(state, needed), { recursive: true })
  }
  mkdirSync(downloads)
  if (sourcesList !== undefined) writeFileSync(join(state, 'sources.list'), sourcesList)
  const options = aptOptions(state, sourcesList !== undefined)
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  const run = async (command: string, args: readonly string[]) => {
    const ended = await runToEnd({ command, args, env, cwd: downloads, timeoutMs: 120_000 })
    if (ended.code !== 0) throw new PackageProblem(ended.output)
  }
  try {
    await run('apt-get', [...options, '--error-on=any', 'update', '-q'])
    await run('apt-get', [...options, 'download', '-q', ...packages])
    for (const file of readdirSync(downloads)) {
      await run('dpkg-deb', ['-x', join(downloads, file), unpacked])
    }
    moveInto(unpacked, folder)
    return { isDone: true, output: '' }
  } catch (error) {
    if (error instanceof PackageProblem) return { isDone: false, output: error.message }
    throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Whoever comes second finds the same already there. */
const moveInto = (unpacked: string, folder: string): void => {
  try {
    renameSync(unpacked, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}
