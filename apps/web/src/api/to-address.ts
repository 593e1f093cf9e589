type Parts = {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string | number | undefined>>
}

/** `/api/tasks/:taskId` with its parameters filled in and its query appended; what is undefined is left out. */
export const toAddress = (path: string, { params = {}, query = {} }: Parts): string => {
  const filled = path.replace(/:([a-zA-Z0-9]+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value))
  return search.size === 0 ? filled : `${filled}?${search}`
}
