import type { AgentId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { decisionWords } from '../../dock/decision-words.ts'
import { judgementWords } from '../../dock/judgement-words.ts'
import type { ThreadEntry } from './thread-entry.ts'

type Said = Omit<Partial<ThreadEntry>, 'seq' | 'atMs'> &
  Pick<ThreadEntry, 'voice' | 'from' | 'title'>
type Cast = {
  /** Whose step it is, by name. */
  readonly own: string
  readonly nameOf: (agentId: AgentId) => string
}

/** What agents, tools, observers and people said to each other in a step, in its order. */
export const threadEntries = (
  events: readonly TaskEvent[],
  { own, nameOf }: Cast,
): readonly ThreadEntry[] => {
  /** Who has this turn: in a refinement it is not always the step's own agent. */
  let speaker = own
  /** A judgement of a version is told by what it says, not by the answer that it was read from. */
  let isJudging = false
  let newest = ''
  const tools = new Map<string, string>()
  const questions = new Set<string>()

  const saidIn = (event: TaskEvent): Said | null => {
    const maestro = { voice: 'maestro', from: 'Maestro' } as const
    switch (event.type) {
      case 'StepStarted':
        speaker = own
        isJudging = false
        return { ...maestro, title: `Attempt ${event.data.attempt}`, isStart: true }
      case 'StepReset':
        return {
          voice: 'person',
          from: event.actor.id,
          title: 'lets it begin anew',
          text: event.data.reason,
        }
      case 'StepRetried':
        return { ...maestro, title: 'tries again', text: event.data.reason, tone: 'warn' }
      case 'StepFailed':
        return { ...maestro, title: 'gives the step up', text: event.data.reason, tone: 'failed' }
      case 'StepSkipped':
        return { ...maestro, title: 'leaves the step out', text: event.data.reason }
      case 'TurnStarted': {
        const { refine, repair } = event.data
        speaker = refine === undefined ? own : nameOf(refine.agentId)
        isJudging = refine !== undefined
        if (refine !== undefined)
          return { ...maestro, to: speaker, title: `asks for a judgement, round ${refine.round}` }
        if (repair === null) return null
        return { ...maestro, to: speaker, title: 'asks for a repair', text: repair }
      }
      case 'CallFinished': {
        const { purpose, toolCalls, text, answer, incomplete } = event.data
        if (purpose !== 'step' || (isJudging && !incomplete)) return null
        for (const { toolCallId, tool } of toolCalls) tools.set(toolCallId, tool)
        const names = [...new Set(toolCalls.map(({ tool }) => tool))].join(', ')
        return {
          voice: 'agent',
          from: speaker,
          to: toolCalls.length > 0 ? names : null,
          title: toolCalls.length > 0 ? 'calls' : incomplete ? 'answers in part' : 'answers',
          payload: text ?? (toolCalls.length > 0 ? null : answer),
          ...(incomplete && { text: incomplete.message, tone: 'warn' }),
        }
      }
      case 'CallFailed':
        if (event.data.purpose !== 'step') return null
        return { ...maestro, title: 'has no answer', text: event.data.message, tone: 'warn' }
      case 'AnswerRefused':
        if (event.data.purpose !== 'step') return null
        return {
          ...maestro,
          to: speaker,
          title: 'does not take the answer',
          text: event.data.problem,
          tone: 'warn',
        }
      case 'ToolAnswered': {
        const { toolCallId, ok, result, misfit = '' } = event.data
        return {
          voice: 'tool',
          from: tools.get(toolCallId) ?? 'tool',
          to: speaker,
          title: ok ? 'answers' : 'fails',
          text: misfit,
          payload: result,
          tone: ok && misfit === '' ? 'plain' : 'warn',
        }
      }
      case 'ToolRefused': {
        const { tool, reason } = event.data
        return { ...maestro, to: speaker, title: `refuses ${tool}`, text: reason, tone: 'warn' }
      }
      case 'ObserverNoted':
        // What the judge found it has said itself.
        if (event.data.detector === 'judge') return null
        return {
          voice: 'observer',
          from: 'Observer',
          title: 'notes',
          text: event.data.text,
          tone: 'warn',
        }
      case 'RevisionRequested':
        return {
          voice: 'observer',
          from: 'Observer',
          to: own,
          title: 'asks for a revision',
          text: event.data.remark,
        }
      case 'ResultJudged': {
        const { verdict, reason, words } = event.data
        return {
          voice: 'judge',
          from: 'Judge',
          title: judgementWords[verdict],
          text: [reason, words].filter((part) => part !== '').join('\n'),
        }
      }
      case 'OutputProposed': {
        const { agentId: by, version, output } = event.data
        // What was just said is not said again.
        const payload = output.sha256 === newest ? null : output
        return { voice: 'agent', from: nameOf(by), title: `proposes version ${version}`, payload }
      }
      case 'OutputJudged': {
        const { agentId: by, version, verdict, notes } = event.data
        const title =
          verdict === 'good' ? `finds version ${version} good` : `wants version ${version} revised`
        return { voice: 'agent', from: nameOf(by), title, text: notes }
      }
      case 'GuidanceGiven': {
        const to = event.data.stepId === null ? 'every agent' : own
        return {
          voice: 'person',
          from: event.actor.id,
          to,
          title: 'says',
          payload: event.data.text,
        }
      }
      case 'ApprovalRequested': {
        const { approvalId, toolUse, ask } = event.data
        questions.add(approvalId)
        const who =
          toolUse?.why === 'question' ? ({ voice: 'agent', from: speaker } as const) : maestro
        return { ...who, to: 'people', title: 'asks', text: ask }
      }
      case 'ApprovalDecided': {
        const { approvalId, decision, reason, told } = event.data
        if (!questions.has(approvalId)) return null
        return {
          voice: 'person',
          from: event.actor.id,
          title: decisionWords[decision].does,
          text: reason,
          payload: decision === 'answer' ? (told ?? null) : null,
        }
      }
      case 'ApprovalExpired':
        if (!questions.has(event.data.approvalId)) return null
        return { ...maestro, title: 'goes on, as nobody decided in time', tone: 'warn' }
      case 'ApprovalWithdrawn':
        if (!questions.has(event.data.approvalId)) return null
        return { ...maestro, title: 'withdraws the question', text: event.data.reason }
      case 'StepFinished':
        return {
          ...maestro,
          title: event.data.isIncomplete ? 'takes what came' : 'takes the output',
        }
      default:
        return null
    }
  }

  return events.flatMap((event) => {
    const said = saidIn(event)
    if (said === null) return []
    newest = said.payload?.sha256 ?? newest
    return [
      {
        seq: event.seq,
        atMs: Date.parse(event.at),
        to: null,
        text: '',
        payload: null,
        tone: 'plain' as const,
        isStart: false,
        ...said,
      },
    ]
  })
}
