import { useEffect, useState } from 'react'

/** After this long without its event a command says that it still waits. */
const patienceMs = 10_000

/** Whether something has waited for longer than one waits without a word. */
export const useIsLate = (waits: boolean): boolean => {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    setIsLate(false)
    if (!waits) return
    const timer = setTimeout(() => setIsLate(true), patienceMs)
    return () => clearTimeout(timer)
  }, [waits])
  return isLate
}
