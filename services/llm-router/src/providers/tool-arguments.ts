/**
 * The arguments of a call as an object, for wires that carry nothing else. A model may have written
 * something that is no object; it sees what it wrote.
 */
export const toolArguments = (argumentsText: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(argumentsText)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Falls through: what cannot be read is handed on as text.
  }
  return { unreadable: argumentsText }
}
