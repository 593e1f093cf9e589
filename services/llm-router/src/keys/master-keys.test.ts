import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MasterKeyConfig } from './master-key-config.ts'
import { ensureMasterKeyFile } from './master-key-file.ts'
import { openMasterKeys } from './master-keys.ts'
import { readMasterKey } from './master-key.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maestro-master-key-'))
  file = join(folder, 'deeper', 'master-key')
})
afterEach(() => rm(folder, { recursive: true }))

const open = (env: Record<string, string>) => openMasterKeys(MasterKeyConfig.parse(env))

test('workers that start together make one file, for its owner only, and agree on what is in it', async () => {
  const keys = await Promise.all(Array.from({ length: 24 }, () => ensureMasterKeyFile(file)))
  expect(new Set(keys.map(({ bytes }) => bytes.toString('hex'))).size).toBe(1)
  expect(await readdir(join(folder, 'deeper'))).toEqual(['master-key'])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await ensureMasterKeyFile(file)).bytes).toEqual(keys[0]?.bytes)
})

test('a file that holds no master key is no reason to make another one', async () => {
  await ensureMasterKeyFile(file)
  await writeFile(file, 'half of it')
  await expect(open({ MAESTRO_MASTER_KEY_FILE: file })).rejects.toThrow(
    /holds no master key.*backup/,
  )
  expect(await readFile(file, 'utf8')).toBe('half of it')
})

test('both ways of writing 32 bytes are the same key', () => {
  const bytes = randomBytes(32)
  for (const encoding of ['hex', 'base64', 'base64url'] as const)
    expect(readMasterKey(`${bytes.toString(encoding)}\n`)?.bytes).toEqual(bytes)
})

test.each([
  ['31 bytes', randomBytes(31).toString('base64')],
  ['33 bytes', randomBytes(33).toString('base64')],
  ['63 hex digits', randomBytes(32).toString('hex').slice(1)],
  ['a pass phrase', 'correct horse battery staple'],
])('%s are refused at the start, with what to do and without what was given', (_what, given) => {
  const parsed = MasterKeyConfig.safeParse({ MAESTRO_MASTER_KEY: given })
  expect(parsed.error?.issues[0]?.message).toContain('openssl rand -base64 32')
  expect(JSON.stringify(parsed.error)).not.toContain(given)
})

test('set to nothing, or to spaces, is not set', async () => {
  expect((await open({ MAESTRO_MASTER_KEY: ' ', MAESTRO_MASTER_KEY_FILE: '' })).present).toBeNull()
})

test('the environment wins over the file, which still opens what it sealed', async () => {
  const ofFile = await ensureMasterKeyFile(file)
  const given = randomBytes(32).toString('hex')
  const masters = await open({ MAESTRO_MASTER_KEY: given, MAESTRO_MASTER_KEY_FILE: file })
  expect(masters.present?.bytes.toString('hex')).toBe(given)
  expect(masters.byId(ofFile.masterKeyId)?.bytes).toEqual(ofFile.bytes)
})

test('a file that is moved aside opens, while a new one seals', async () => {
  const old = await ensureMasterKeyFile(file)
  await rename(file, `${file}.previous`)
  const masters = await open({ MAESTRO_MASTER_KEY_FILE: file })
  expect(masters.present?.masterKeyId).not.toBe(old.masterKeyId)
  expect(masters.byId(old.masterKeyId)?.bytes).toEqual(old.bytes)
})
