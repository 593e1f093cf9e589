import { isKeyAction, type KeyAction } from './default-keys.ts'
import type { OwnKeys } from './key-of.ts'
import { readKey } from './read-key.ts'

/** What the storage of the browser says; whatever is no action or no key, also of another version, is left out. */
export const readOwnKeys = (text: string | null): OwnKeys => {
  const own: Partial<Record<KeyAction, string>> = {}
  for (const [action, key] of Object.entries(parsed(text))) {
    if (!isKeyAction(action) || typeof key !== 'string' || readKey(key) !== key) continue
    own[action] = key
  }
  return own
}

const parsed = (text: string | null): object => {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
