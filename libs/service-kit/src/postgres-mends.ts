/** A passage of the driver's source, which stands there once, and what we read in its place. */
export type Mend = { readonly file: 'connection.js' | 'index.js'; from: string; to: string }

/**
 * What `postgres` 3.4.9 does wrong when a connection is lost, and the least that rights it: ADR 12.
 *
 * L1 Whoever asks for something of a lost connection is told so: nothing waits for ever, nothing throws out of a timer.
 * L2 A connection that is there again knows nothing of its life before.
 * L3 A transaction lives on one life of its connection: no statement of it, not even its end, reaches the next.
 *
 * Each has its test in `postgres.int.test.ts`.
 */
export const postgresMends: readonly Mend[] = [
  {
    // L1, L2: without a name for "nothing is put off", the next life would never write; its first bytes would be ours.
    file: 'connection.js',
    from: `    incomings = null
    clearImmediate(nextWriteTimer)
`,
    to: `    incomings = null
    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
`,
  },
  {
    // L1: also those who asked between the failure and the end, and the one for whom we connected. With
    // several hosts the driver tries the next; with one it would try that one again at once, without end.
    file: 'connection.js',
    from: `    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
    to: `    if (initial && options.host.length > 1)
      return reconnect()

    if (query || initial || sent.length)
      error(Errors.connection('CONNECTION_CLOSED', options, socket))

    query = results = errorResponse = final = null
    result = new Result()
    rows = 0
`,
  },
  {
    // L1: whoever waits for the connection has the error; here it would have no one and end the process.
    file: 'connection.js',
    from: 'return fetchArrayTypes()',
    to: 'return fetchArrayTypes().catch(noop)',
  },
  {
    // Not of a lost connection but of a busy one: as its hundred and first statement, a `begin` never
    // heard which connection it is on. It threw out of a timer and left the transaction open for others.
    file: 'connection.js',
    from: `      return write(toBuffer(q))
        && !q.describeFirst
        && !q.cursorFn
        && sent.length < max_pipeline
        && (!q.options.onexecute || q.options.onexecute(connection))
`,
    to: `      const isReady = write(toBuffer(q))
      if (q.options.onexecute)
        return q.options.onexecute(connection)

      return isReady
        && !q.describeFirst
        && !q.cursorFn
        && sent.length < max_pipeline
`,
  },
  {
    file: 'index.js',
    from: `    let savepoints = 0
      , connection
`,
    to: `    let savepoints = 0
      , lost = null
      , connection
`,
  },
  {
    // L3, L1: also what waits for its turn on the connection is told.
    file: 'index.js',
    from: 'new Promise((_, reject) => connection.onclose = reject)',
    to: `new Promise((_, reject) => connection.onclose = e => {
          lost = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })`,
  },
  {
    file: 'index.js',
    from: `        q.catch(e => uncaughtError || (uncaughtError = e))
`,
    to: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)

`,
  },
  {
    // L1, L3 for connections that are set apart, as for transactions.
    file: 'index.js',
    from: `    c.reserved.release = true
`,
    to: `    c.reserved.release = true
    let lost = null
    c.onclose = e => {
      lost = e
      while (queue.length)
        queue.shift().reject(e)
    }
`,
  },
  {
    file: 'index.js',
    from: `    sql.release = () => {
`,
    to: `    sql.release = () => {
      if (lost)
        return

`,
  },
  {
    file: 'index.js',
    from: `    function handler(q) {
      c.queue === full
        ? queue.push(q)
`,
    to: `    function handler(q) {
      if (lost)
        return q.reject(lost)

      c.queue === full
        ? queue.push(q)
`,
  },
]
