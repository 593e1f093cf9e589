import { useState } from 'react'
import { keptInTab } from '../../../ui/kept-in-tab.ts'

const keyOf = (about: string) => `words.${about}`

/** Whether somebody has typed what they have not sent yet. */
export const hasKeptWords = (about: string): boolean => keptInTab.read(keyOf(about)) !== null

/** Words that are not sent yet: another step, a closed dialog or a reload does not lose them. */
export const useKeptWords = (about: string): [text: string, setText: (text: string) => void] => {
  const [text, setText] = useState(() => keptInTab.read(keyOf(about)) ?? '')
  return [
    text,
    (next) => {
      setText(next)
      keptInTab.write(keyOf(about), next === '' ? null : next)
    },
  ]
}
