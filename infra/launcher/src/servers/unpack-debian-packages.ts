import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
    'Acquire::Retries=3',
  ]
  return options.flatMap((option) => ['-o', option])
}

export type PackageGroup = { readonly packages: readonly string[]; readonly folder: string }

/** Whoever comes second finds the same already there. */
const moveInto = (unpacked: string, folder: string): void => {
  try {
    renameSync(unpacked, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}

/**
 * Downloads Debian packages (apt checks their signatures) and unpacks them into folders of ours. Needs no root,
 * installs nothing, starts no system service.
 */
export const unpackDebianPackages = async ({
  groups,
  sourcesList,
  workFolder,
}: {
  groups: readonly PackageGroup[]
  sourcesList?: string | undefined
  workFolder: string
}): Promise<Unpacked> => {
  const state = join(workFolder, 'apt')
  for (const needed of ['state', 'lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(state, needed), { recursive: true })
  }
  if (sourcesList !== undefined) writeFileSync(join(state, 'sources.list'), sourcesList)
  const options = aptOptions(state, sourcesList !== undefined)
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  const run = async (command: string, args: readonly string[], cwd = workFolder) => {
    const { code, output } = await runToEnd({ command, args, env, cwd, timeoutMs: 120_000 })
    if (code !== 0) throw new PackageProblem(output)
  }
  try {
    await run('apt-get', [...options, '--error-on=any', 'update', '-q'])
    for (const [index, { packages, folder }] of groups.entries()) {
      const downloads = join(workFolder, `downloads-${index}`)
      const unpacked = join(workFolder, `unpacked-${index}`)
      mkdirSync(downloads)
      await run('apt-get', [...options, 'download', '-q', ...packages], downloads)
      for (const file of readdirSync(downloads)) {
        await run('dpkg-deb', ['-x', join(downloads, file), unpacked])
      }
      moveInto(unpacked, folder)
    }
    return { isDone: true, output: '' }
  } catch (error) {
    if (error instanceof PackageProblem) return { isDone: false, output: error.message }
    throw error
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}
