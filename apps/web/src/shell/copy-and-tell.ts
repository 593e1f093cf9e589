import { notices } from './notices.ts'

/** Copies where no button stands that could say so: by a key, or from a menu that has closed. */
export const copyAndTell = (text: string, what: string) => {
  navigator.clipboard.writeText(text).then(
    () => notices.tell(`Copied ${what}`),
    () => notices.tell(`The browser did not let ${what} be copied`, 'failed'),
  )
}
