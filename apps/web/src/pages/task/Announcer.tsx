import { useEffect, useState } from 'react'
import { newsBetween } from './news-between.ts'
import { useTaskSession } from './task-context.ts'

/** At most twelve sentences a minute, however much happens. */
const everyMs = 5_000

/** Says what happens live, for those who do not see it. */
export const Announcer = () => {
  const { view } = useTaskSession()
  const [said, setSaid] = useState({ polite: '', assertive: '' })
  useEffect(() => {
    let last = view.getState().headTask
    const timer = setInterval(() => {
      const { headTask, mode } = view.getState()
      const news = newsBetween(last, headTask)
      last = headTask
      if (mode === 'live' && (news.polite !== '' || news.assertive !== '')) setSaid(news)
    }, everyMs)
    return () => clearInterval(timer)
  }, [view])
  return (
    <div className="sr-only">
      <p aria-live="polite">{said.polite}</p>
      <p aria-live="assertive">{said.assertive}</p>
    </div>
  )
}
