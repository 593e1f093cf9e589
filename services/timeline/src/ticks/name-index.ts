/** Names in the order in which they came, each with its place. */
export type NameIndex = { names: readonly string[]; of: (name: string) => number }

export const createNameIndex = (): NameIndex => {
  const places = new Map<string, number>()
  const names: string[] = []
  return {
    names,
    of: (name) => {
      const place = places.get(name) ?? names.length
      if (place === names.length) {
        places.set(name, place)
        names.push(name)
      }
      return place
    },
  }
}
