/** What fits between two cards. */
const charactersShown = 20

/** A condition as short as it still says something: `if total > 100 and ok`. It stands whole in the description of its step. */
export const conditionWords = (condition: string): string => {
  const words = condition
    .replaceAll(/\boutputs\[["']([^"']+)["']\]/g, '$1')
    .replaceAll(/\boutputs\./g, '')
    .replaceAll('&&', 'and')
    .replaceAll('||', 'or')
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤')
    .replaceAll('==', '=')
    .replaceAll('!=', '≠')
    .replaceAll('!', 'not ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const isCut = words.length > charactersShown
  return `if ${isCut ? `${words.slice(0, charactersShown - 1).trimEnd()}…` : words}`
}

/** The steps by whose outputs it is decided; null where it names none, and so may look at all of them. */
export const namesReadBy = (condition: string): ReadonlySet<string> | null => {
  const names = [...condition.matchAll(/\boutputs(?:\.(\w+)|\[["']([^"']+)["']\])/g)].map(
    ([, plain, quoted]) => plain ?? quoted ?? '',
  )
  return names.length === 0 ? null : new Set(names)
}
