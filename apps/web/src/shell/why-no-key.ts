import { defaultKeys, isKeyAction, type KeyAction } from './default-keys.ts'
import { keyOf, type OwnKeys, writeKey } from './key-of.ts'
import { readKey } from './read-key.ts'

/** What a picture does by itself while it has the focus. */
const fixed: ReadonlyMap<string, string> = new Map([
  ['f', 'fits the graph while it has the focus'],
  ['[', 'slows the scrubber down while it has the focus'],
  [']', 'makes the scrubber faster while it has the focus'],
])

type Wish = {
  action: KeyAction
  typed: string
  own: OwnKeys
  wordsOf: (action: KeyAction) => string
}

/** Why an action cannot have the key that was typed for it; null: it can. One key does one thing, on every page. */
export const whyNoKey = ({ action, typed, own, wordsOf }: Wish): string | null => {
  const key = readKey(typed)
  if (key === null) return 'Type one character, or two that are pressed one after the other.'
  const taken = fixed.get(key)
  if (taken !== undefined) return `${writeKey(key)} ${taken}.`
  if (action === 'next-change' && !/^\p{L}$/u.test(key))
    return 'It has to be a letter: with Shift it goes back.'
  for (const other of Object.keys(defaultKeys)) {
    if (!isKeyAction(other) || other === action) continue
    const theirs = keyOf(other, own)
    if (theirs === key) return `${writeKey(key)} is the key of “${wordsOf(other)}”.`
    if (theirs.startsWith(`${key} `))
      return `${writeKey(key)} begins ${writeKey(theirs)}, the keys of “${wordsOf(other)}”.`
    if (key.startsWith(`${theirs} `))
      return `It would begin with ${writeKey(theirs)}, the key of “${wordsOf(other)}”.`
  }
  return null
}
