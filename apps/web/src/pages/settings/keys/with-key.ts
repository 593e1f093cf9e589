import { defaultKeys, type KeyAction } from '../../../shell/default-keys.ts'
import type { OwnKeys } from '../../../shell/key-of.ts'

/** With this key for an action; the one that it came with is no choice that has to be kept. */
export const withKey = (own: OwnKeys, action: KeyAction, key: string): OwnKeys => {
  const { [action]: _, ...others } = own
  return key === defaultKeys[action] ? others : { ...others, [action]: key }
}
