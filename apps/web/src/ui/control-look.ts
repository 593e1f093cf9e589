/** Borders of controls have at least 3:1 against what is around them. */
export const controlLook =
  'rounded-6 border border-line-strong bg-bg px-3 text-14 text-text placeholder:text-text-3 focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 aria-[invalid=true]:border-failed'

export const inputLook = `${controlLook} h-8 pointer-coarse:h-11`
