/** In the address: `closed`, or `closed` with the keys of those that are open. */
const closed = 'closed'

/** Which sections are open; null: the plan is not shown in sections. */
export const readSections = (text: string | undefined): ReadonlySet<string> | null => {
  const [first, ...open] = (text ?? '').split(',')
  return first === closed ? new Set(open.filter((key) => key !== '')) : null
}

export const writeSections = (open: ReadonlySet<string>): string => [closed, ...open].join(',')
