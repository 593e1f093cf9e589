import { useEffect, useState } from 'react'

/** A value once it has not changed for a while: what is asked for with it is not asked at every key. */
export const useSettled = <Value extends string | number | null>(
  value: Value,
  ms: number,
): Value => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
