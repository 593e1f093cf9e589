/** What one user of the bus may do, in the words of the architecture. `toPermissions` turns it into subjects. */
export type BusAccess = {
  /** Requests that it answers: `maestro.rpc.<name>.>`, and discovery in the NATS service protocol. Its log goes to `maestro.log.<name>`. */
  readonly serves: boolean
  /** Requests that it may send, after `maestro.rpc.`. */
  readonly calls: readonly string[]
  /** Subjects it publishes. */
  readonly publishes: readonly string[]
  /** Subjects it listens to outside of streams. */
  readonly listens: readonly string[]
  /** Streams that it reads through consumers. */
  readonly consumes: readonly StreamName[]
  /** Streams whose consumers it may list, to show what waits for them; their messages are not its to read. */
  readonly measures: readonly StreamName[]
  /** May ask who is there (`$SRV.PING` and the like), and how far the readers of each stream are. */
  readonly discovers: boolean
}

export const streamNames = ['EVENTS', 'LLM_WORK', 'LIVE', 'LOGS'] as const
export type StreamName = (typeof streamNames)[number]

/** Every service, in the order in which people read about them. */
export const serviceNames = [
  'gateway',
  'llm-router',
  'orchestrator',
  'scheduler',
  'budget',
  'timeline',
] as const
export type ServiceName = (typeof serviceNames)[number]

/**
 * Who may do what on the bus. A new need of a service is one more word here.
 * Replies need no line: whoever was asked may answer (see `renderNatsConf`).
 */
export const accessTable: Readonly<Record<ServiceName, BusAccess>> = {
  gateway: {
    serves: true,
    calls: ['>'],
    publishes: ['maestro.event.system.>'],
    listens: ['maestro.event.>', 'maestro.live.>'],
    consumes: ['EVENTS', 'LIVE'],
    measures: ['LLM_WORK'],
    discovers: true,
  },
  'llm-router': {
    serves: true,
    // Payloads may lie with whoever made them; the router reads those of the orchestrator.
    calls: ['llm-router.>', 'budget.>', 'orchestrator.getPayload', 'orchestrator.getPayloads'],
    // The answer of a call travels to the inbox that its work item names, long after any reply permission ran out.
    publishes: [
      'maestro.live.>',
      'maestro.cancel.>',
      'maestro.event.provider.>',
      '_INBOX_orchestrator.>',
    ],
    listens: ['maestro.cancel.>'],
    consumes: ['LLM_WORK'],
    measures: [],
    discovers: false,
  },
  orchestrator: {
    serves: true,
    // Texts of imported tasks lie with the orchestrator, though their events name llm-router: it may ask itself.
    calls: ['llm-router.>', 'budget.>', 'timeline.>', 'orchestrator.getPayload'],
    publishes: [
      'maestro.event.task.>',
      'maestro.headline.*',
      'maestro.event.template.>',
      'maestro.work.llm.>',
    ],
    listens: ['maestro.event.>'],
    consumes: ['EVENTS'],
    measures: [],
    discovers: false,
  },
  scheduler: {
    serves: true,
    calls: ['orchestrator.>'],
    publishes: ['maestro.event.queue.>'],
    listens: [],
    consumes: ['EVENTS'],
    measures: [],
    discovers: false,
  },
  budget: {
    serves: true,
    // Estimates ask who would answer, and what a task plans to do; suggestions what repeats.
    calls: ['llm-router.listCandidates', 'llm-router.getCallUse', 'orchestrator.getTask'],
    publishes: ['maestro.event.budget.>'],
    listens: [],
    consumes: ['EVENTS'],
    measures: [],
    discovers: false,
  },
  timeline: {
    serves: true,
    // What a lost stream has no more, it reads from the outboxes of those who told it.
    calls: ['orchestrator.>', 'budget.listFacts', 'llm-router.listFacts', 'scheduler.listFacts'],
    publishes: [],
    listens: [],
    consumes: ['EVENTS', 'LOGS'],
    measures: [],
    discovers: false,
  },
}

/** What the account MAESTRO lets programs outside of it see: streams of messages, and discovery. */
export const outsideSees = ['maestro.event.>', 'maestro.live.>'] as const
