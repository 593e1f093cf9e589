/** Where a NATS server is, and the login that goes with it; without one, it asks for none. */
export type NatsAddress = {
  readonly url: string
  readonly login?: { readonly user: string; readonly password: string }
}

/** Parts an address as people write it, `nats://user:password@host:4222`. */
export const readNatsAddress = (text: string): NatsAddress => {
  const url = new URL(text)
  const user = decodeURIComponent(url.username)
  return {
    url: `${url.protocol}//${url.host}`,
    ...(user === '' ? {} : { login: { user, password: decodeURIComponent(url.password) } }),
  }
}
