/** Deeper than anything that we take; what parses may still be too deep to be walked by others. */
const depthMax = 32

type Problem = { reason: string; path: string }

/**
 * Finds what is JSON, but could not be stored or would do harm further in: NUL characters and halves
 * of surrogate pairs (no database takes them), `__proto__`, and nesting without end. Null: all is well.
 */
export const checkJson = (root: unknown): Problem | null => {
  const open: { value: unknown; path: string; depth: number }[] = [
    { value: root, path: '', depth: 0 },
  ]
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { value, path, depth } = entry
    if (typeof value === 'string') {
      const reason = textProblem(value)
      if (reason !== null) return { reason, path }
    } else if (typeof value === 'object' && value !== null) {
      if (depth === depthMax) return { reason: `nested deeper than ${depthMax} levels`, path }
      for (const [key, part] of Object.entries(value)) {
        if (key === '__proto__') return { reason: 'a field must not be named __proto__', path }
        const reason = textProblem(key)
        if (reason !== null) return { reason, path }
        open.push({ value: part, path: pathOf(path, key, Array.isArray(value)), depth: depth + 1 })
      }
    }
  }
  return null
}

const textProblem = (text: string): string | null => {
  if (text.includes('\0')) return 'a text must not hold NUL characters'
  return text.isWellFormed() ? null : 'a text must be well-formed Unicode'
}

const pathOf = (path: string, key: string, inArray: boolean) => {
  if (inArray) return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}
