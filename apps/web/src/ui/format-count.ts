/** `1,204`. */
export const formatCount = (value: number): string => value.toLocaleString('en-US')

/** `1 step`, `3 steps`. */
export const formatPlural = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`

/** `512 B`, `14.2 KiB`, `3.1 MiB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1_024) return `${bytes} B`
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(1)} KiB`
  return `${(bytes / 1_048_576).toFixed(1)} MiB`
}
