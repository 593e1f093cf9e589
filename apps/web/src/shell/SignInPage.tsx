import { SignInForm } from './SignInForm.tsx'

/** Shown in place of everything while the gateway does not know us. */
export const SignInPage = () => (
  <main className="grid min-h-full place-items-center p-6">
    <title>Sign in · Maestro</title>
    <SignInForm />
  </main>
)
