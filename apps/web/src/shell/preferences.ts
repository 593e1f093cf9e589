import { createStored } from '../ui/stored.ts'

/** White whatever the system prefers; `public/theme.js` applies it before the first paint. */
export const theme = createStored('maestro.theme', ['light', 'dark'])

/** Single letters as shortcuts can be turned off (WCAG 2.1.4). */
export const letterKeys = createStored('maestro.letter-keys', ['on', 'off'])

/** Unless somebody chooses: as wide as the screen allows. */
export const navigation = createStored('maestro.navigation', ['auto', 'wide', 'narrow'])

theme.subscribe(({ value }) => {
  document.documentElement.dataset['theme'] = value
  document.querySelector('meta[name=color-scheme]')?.setAttribute('content', value)
})
