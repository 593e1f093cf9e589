import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// What `npm start` installs stands in the lock file, which it does not write: it has to be right as it was committed,
// on every platform. `npm install` by hand makes it so.

type Manifest = Partial<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
> & { resolved?: string; link?: boolean }

const root = join(import.meta.dirname, '..', '..', '..')
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as unknown
const { packages } = readJson('package-lock.json') as { packages: Record<string, Manifest> }

/** Where Node would find `name` when the package in `folder` asks for it. */
const isThere = (folder: string, name: string): boolean => {
  const parts = folder === '' ? [] : folder.split('/')
  return [...parts, ''].some((_, above) => {
    const place = [...parts.slice(0, parts.length - above), 'node_modules', name].join('/')
    return packages[place] !== undefined
  })
}

test('the lock file names the packages of every platform, not of that alone on which it was written', () => {
  const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isThere(folder, name))
      .map((name) => `${name}, wanted by ${folder}`),
  )
  expect(missing).toEqual([])
})

test('what the manifests want is what the lock file holds', () => {
  const folders = Object.keys(packages).filter((folder) => !folder.includes('node_modules'))
  expect(folders.length).toBeGreaterThan(10)
  for (const folder of folders) {
    const wanted = readJson(join(folder, 'package.json')) as Manifest
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
      expect(packages[folder]?.[kind] ?? {}, `${kind} of ${folder}`).toEqual(wanted[kind] ?? {})
    }
  }
})

test.each(['package-lock.json', 'bench/peers/package-lock.json'])(
  'no address of a registry stands in %s',
  (file) => {
    const locked = (readJson(file) as { packages: Record<string, Manifest> }).packages
    const addresses = Object.entries(locked).flatMap(([folder, { resolved, link }]) =>
      resolved !== undefined && link !== true ? [`${folder} ${resolved}`] : [],
    )
    expect(addresses).toEqual([])
  },
)
