import type { ColourOf } from './colour-of.ts'

/** Read once for each picture: the theme may have changed. */
export const coloursOf = (element: Element): ColourOf => {
  const style = getComputedStyle(element)
  const known = new Map<string, string>()
  return (token) => {
    const value =
      known.get(token) ??
      (token === 'font' ? style.fontFamily : style.getPropertyValue(`--${token}`).trim())
    known.set(token, value)
    return value
  }
}
