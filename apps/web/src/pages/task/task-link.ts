import { writeEye } from '../../graph/eye.ts'
import { shownEye } from '../../graph/shown-eye.ts'

/** The address of what is shown, wherever one looks at it: the same address gives the same picture. */
export const linkHere = (): string => {
  const url = new URL(window.location.href)
  url.searchParams.delete('eye')
  return url.href
}

/** With the place and the nearness at which the graph is looked at; null while it is not looked at. */
export const linkWithView = (): string | null => {
  const eye = shownEye.read()
  if (eye === null) return null
  const url = new URL(linkHere())
  url.searchParams.set('eye', writeEye(eye))
  return url.href
}
