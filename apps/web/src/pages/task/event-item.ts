import type { PaletteItem } from '../../shell/palette/palette-matches.ts'

/** Goes to an event by its number: `412` or `event 412`. Without one it says what to type. */
export const eventItem = (typed: string, head: number, go: (seq: number) => void): PaletteItem => {
  const wanted = Number(/^(?:event\s+)?(\d{1,9})$/i.exec(typed.trim())?.[1] ?? Number.NaN)
  const item = { id: 'event', kind: 'Event' }
  if (Number.isNaN(wanted))
    return {
      ...item,
      label: 'Go to an event',
      unavailable: `Type its number, 1 to ${head}`,
      run: () => {},
    }
  const label = `${wanted} of ${head}`
  if (wanted < 1 || wanted > head)
    return { ...item, label, unavailable: `There are 1 to ${head}`, run: () => {} }
  return { ...item, label, run: () => go(wanted) }
}
