import postgres from 'postgres'

/**
 * Has Postgres write and sync what it has made so far. A new database is some 350 files that are on no
 * disk yet: after a crash the server syncs all of them before anybody may enter, which takes ten
 * seconds on a slow disk. Asked for now, it takes as long, and nobody waits.
 */
export const settleDatabases = async (adminUrl: string): Promise<void> => {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  try {
    await sql`checkpoint`
  } catch {
    // Stopped meanwhile, or killed: the server makes one itself within a minute of its next start.
  } finally {
    await sql.end({ timeout: 1 })
  }
}
