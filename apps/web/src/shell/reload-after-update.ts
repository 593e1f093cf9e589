import { holdsTypedText } from './holds-typed-text.ts'

const key = 'maestro.reloaded-at'
/** Twice within this time means that a reload does not help. */
const onceInMs = 20_000

const isTyping = () =>
  holdsTypedText(
    document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'),
  )

/**
 * A console that was open while a newer one was installed asks for files that are gone: then it
 * loads itself anew. Not while the gateway is away: what is on the screen is better than nothing. Nor
 * while something is typed, which a reload would lose: then the part that is missing says so.
 */
export const reloadAfterUpdate = () => {
  window.addEventListener('vite:preloadError', () => {
    void fetch('/')
      .then(({ ok }) => {
        const before = Number(sessionStorage.getItem(key) ?? 0)
        if (!ok || Date.now() - before < onceInMs || isTyping()) return
        sessionStorage.setItem(key, String(Date.now()))
        window.location.reload()
      })
      .catch(() => undefined)
  })
}
