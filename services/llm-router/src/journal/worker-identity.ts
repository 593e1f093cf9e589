/** Which process this is: the copy keeps its name over restarts, each life of it is an incarnation. */
export type WorkerIdentity = { copy: string; incarnation: string }
