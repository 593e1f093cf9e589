/** What is kept for this tab alone, and outlives a reload where storage is allowed. */
export const keptInTab = {
  read: (key: string): string | null => {
    try {
      return sessionStorage.getItem(`maestro.${key}`)
    } catch {
      return null
    }
  },
  write: (key: string, text: string | null): void => {
    try {
      if (text === null) sessionStorage.removeItem(`maestro.${key}`)
      else sessionStorage.setItem(`maestro.${key}`, text)
    } catch {
      // Without storage it lives as long as what shows it.
    }
  },
}
