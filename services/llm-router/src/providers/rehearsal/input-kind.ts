export type InputKind = 'csv' | 'json' | 'text'

export const inputKindOf = (input: { mediaType: string }): InputKind => {
  const mediaType = input.mediaType.split(';')[0]?.trim()
  if (mediaType === 'text/csv') return 'csv'
  return mediaType === 'application/json' ? 'json' : 'text'
}
