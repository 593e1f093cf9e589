import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { messageOf } from '../api/request-id.ts'
import { signIn } from '../api/session.ts'
import { Button } from '../ui/Button.tsx'
import { inputLook } from '../ui/control-look.ts'
import { Field } from '../ui/Field.tsx'
import { useApp } from './app-context.ts'

/** Asks for the token, and lets in whoever has it. */
export const SignInForm = ({ children }: { children?: ReactNode }) => {
  const { http, session, socket } = useApp()
  const client = useQueryClient()
  const [token, setToken] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [pending, setPending] = useState(false)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (token.trim() === '') return setError('Enter the token that the start of Maestro printed.')
    setPending(true)
    setError(null)
    try {
      await signIn(http, token.trim())
      // What is on no page any more is forgotten; what is on one is read again.
      client.removeQueries({ type: 'inactive' })
      session.setState({ signedIn: 'yes' })
      socket.retryNow()
      void client.invalidateQueries()
    } catch (cause) {
      setError(messageOf(cause))
    } finally {
      setPending(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex w-full max-w-sm flex-col gap-5">
      <div className="flex items-center gap-2.5">
        <img src="/favicon.svg" alt="" width={28} height={28} />
        <h1 className="text-20 font-semibold tracking-tight">Sign in to Maestro</h1>
      </div>
      {children}
      <Field
        label="Token"
        error={error}
        hint={
          <>
            <code className="font-mono text-12">npm start</code> prints an address that carries it.
          </>
        }
      >
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            type="password"
            autoComplete="current-password"
            autoFocus
            value={token}
            onChange={(event) => setToken(event.target.value)}
            className={inputLook}
          />
        )}
      </Field>
      <Button type="submit" look="primary" pending={pending}>
        Sign in
      </Button>
    </form>
  )
}
