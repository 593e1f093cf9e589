/** More would only tell the same thing apart from itself. */
const charactersMax = 240

/** What stays of a message when everything is left out that differs from one time to the next. */
export const normalMessage = (message: string): string =>
  message
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+/g, '<url>')
    .replaceAll(/`[^`]*`|"[^"]*"|'[^' ]*'/g, '<name>')
    .replaceAll(/\b[a-z]{2,12}_[0-9a-z_]{6,}\b/g, '<id>')
    .replaceAll(/\b(?=[0-9a-f-]*\d)[0-9a-f][0-9a-f-]{7,}\b/g, '<id>')
    .replaceAll(/\d+(?:[.,:]\d+)*(?:ms|s|m|h)?\b|\d+/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, charactersMax)
