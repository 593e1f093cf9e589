const typedInto = new Set([
  'text',
  'textarea',
  'number',
  'url',
  'email',
  'password',
  'date',
  'time',
  'datetime-local',
])

/** Whether one of these fields has words in it that a reload would lose. What is searched for stands in the address. */
export const holdsTypedText = (fields: Iterable<{ type: string; value: string }>): boolean =>
  [...fields].some(({ type, value }) => typedInto.has(type) && value.trim() !== '')
