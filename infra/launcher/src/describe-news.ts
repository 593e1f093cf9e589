import type { SupervisorNews } from './process/supervise.ts'

/** One line for a person, or nothing when it is nothing to worry about. */
export const describeNews = (news: SupervisorNews): string | undefined => {
  switch (news.kind) {
    case 'spawned':
      return undefined
    case 'died':
      return `! ${news.name} ended (${news.how}); starting it again in ${(news.restartInMs / 1_000).toFixed(1)} s`
    case 'given up':
      return `✗ ${news.name} ended ${news.deaths} times and is left alone; see ${news.logFile}`
    default:
      return news satisfies never
  }
}
