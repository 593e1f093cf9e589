import { useStore } from 'zustand'
import type { KeyAction } from './default-keys.ts'
import { keyOf, writeKey } from './key-of.ts'
import { ownKeys } from './own-keys.ts'
import { letterKeys } from './preferences.ts'

/** Words of a control with the key that does the same, while there is one. */
export const useKeyHint = (): ((words: string, action: KeyAction) => string) => {
  const { value: own } = useStore(ownKeys)
  const isOff = useStore(letterKeys).value === 'off'
  return (words, action) => (isOff ? words : `${words}   ${writeKey(keyOf(action, own))}`)
}
