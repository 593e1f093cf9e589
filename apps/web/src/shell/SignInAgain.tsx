import { useLayoutEffect, useRef } from 'react'
import { SignInForm } from './SignInForm.tsx'

/**
 * Covers the page whose session has ended, with whatever dialog is open on it: nothing can be read or
 * done there, and what is typed stays for whoever signs in again.
 */
export const SignInAgain = () => {
  const place = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = place.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={place}
      aria-label="Sign in again"
      onCancel={(event) => event.preventDefault()}
      // A browser may close it by itself, when it is told to a second time.
      onClose={({ currentTarget }) => {
        if (!currentTarget.open) currentTarget.showModal()
      }}
      className="m-0 h-dvh max-h-none w-dvw max-w-none bg-bg p-0 text-text"
    >
      <div className="grid min-h-full place-items-center p-6">
        <SignInForm>
          <p className="text-14 text-text-2">
            Your session has ended. What you typed is kept: sign in, and go on with it.
          </p>
        </SignInForm>
      </div>
    </dialog>
  )
}
