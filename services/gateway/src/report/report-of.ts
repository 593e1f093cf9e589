import type { BornTask } from '@maestro/task-model/task'
import { appendixSections } from './appendix-sections.ts'
import { decisionsSection } from './decisions-section.ts'
import { figuresSection, type ReportFigures } from './figures-section.ts'
import { planSection } from './plan-section.ts'
import type { ReportLog } from './report-log.ts'
import type { ReportText } from './report-text.ts'
import { dateWords, shortened, taskStatusWords } from './report-words.ts'
import type { Report } from './report.ts'
import { resultSection } from './result-section.ts'
import { summarySection } from './summary-section.ts'

const titleCharactersMax = 200

/** The report of a task at a position, from what was gathered of it. Pure: the same events, the same report. */
export const reportOf = (
  task: BornTask,
  {
    log,
    goal,
    result,
    figures,
  }: { log: ReportLog; goal: ReportText; result: ReportText | null; figures: ReportFigures },
): Report => ({
  title: shortened(task.title, titleCharactersMax),
  subtitle: `As it stood at event ${task.seq}, ${dateWords(task.updatedAt)}`,
  source: `${task.taskId} at event ${task.seq}`,
  status: taskStatusWords[task.status],
  sections: [
    summarySection(task, goal),
    resultSection(task, result),
    planSection(task),
    figuresSection(task, [...log.models.values()], figures),
    decisionsSection(log),
    ...appendixSections(task, log, goal),
  ],
})
