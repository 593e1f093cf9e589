const cookieName = 'maestro_session'

/** The session's value among the cookies of a request; null when it is not there. */
export const readSessionCookie = (header: string | undefined): string | null => {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.split('=', 2)
    if (name?.trim() === cookieName && value) return value.trim()
  }
  return null
}

const attributesOf = (secure: boolean) =>
  `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

export const sessionCookie = (value: string, expiresAt: string, secure: boolean): string =>
  `${cookieName}=${value}; Expires=${new Date(expiresAt).toUTCString()}; ${attributesOf(secure)}`

export const endedSessionCookie = (secure: boolean): string =>
  `${cookieName}=; Max-Age=0; ${attributesOf(secure)}`
