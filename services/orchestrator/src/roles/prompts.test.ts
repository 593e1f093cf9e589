import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { draftRoles } from './draft-roles.ts'
import { judgeRole } from './judge-role.ts'

const folder = new URL('./prompts/', import.meta.url)
const hashOf = (name: string) =>
  createHash('sha256')
    .update(readFileSync(new URL(name, folder)))
    .digest('hex')

// What a role was told is named by its number in stored answers. A prompt that was used is never edited:
// another meaning is another file, whose hash is written down here.
const written: Readonly<Record<string, string>> = {
  'agent-observer.v1.md': 'f4598f6ce9014485ad6f768f0b8fd4232b69a87fadb403c0ca5580280c7cac5d',
  'execution-observer.v1.md': 'c1d747acf937babb8046a2b819ce5063f2b4823ba9eeab7eeb27ce5a773dd64d',
  'execution-observer.v2.md': '212da836730d25d9346e9f26c699f6caa0e41be2314799a462826c492cd101df',
  'plan-observer.v1.md': '92739c6d218ef3eabe7099a5239f0bea17551e15e54311a2375d8ef48733f1ec',
  'planner.v1.md': 'eca2ef075aa75527d1be8a69147f2154b9209059e29b1df8bbfe2a73ad5ce025',
  'planner.v2.md': 'f8fc5a4c10909dd3610fa40bf634ec757e986e903fcf73c5de40a0d69efaa44c',
}

test('a prompt that was used stays as it was, and a new one is written down', () =>
  expect(Object.fromEntries(readdirSync(folder).map((name) => [name, hashOf(name)]))).toEqual(
    written,
  ))

test('roles are told their newest prompts', () => {
  for (const { used } of [...Object.values(draftRoles), judgeRole]) {
    const numbers = readdirSync(folder).flatMap((name) => {
      const [role, version] = name.split('.')
      return role === used.name ? [Number(version?.slice(1))] : []
    })
    expect(used.version).toBe(Math.max(...numbers))
  }
})
