import { useEffect, useRef, useState } from 'react'
import { formatPlural } from '../../../ui/format-count.ts'

/** Nobody can listen to more than that: what came meanwhile is counted. */
const everyMs = 5_000

type Props = { count: number; textOf: (index: number) => string }

/** New lines of the log, read aloud for those who have asked for it: the newest one, and how many came with it. */
export const SpokenLog = (props: Props) => {
  const latest = useRef(props)
  latest.current = props
  const [said, setSaid] = useState('')
  useEffect(() => {
    let told = latest.current.count
    const timer = setInterval(() => {
      const { count, textOf } = latest.current
      const fresh = count - told
      told = count
      if (fresh <= 0) return
      const newest = textOf(count - 1)
      setSaid(fresh === 1 ? newest : `${formatPlural(fresh, 'new line')}, the newest: ${newest}`)
    }, everyMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}
