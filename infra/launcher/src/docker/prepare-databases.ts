// For containers, before any service starts: each service's database and user on the server of POSTGRES_URL.
// `npm start` does the same by itself.
import { LaunchFailure } from '../launch-failure.ts'
import { ensureServiceDatabases } from '../servers/service-databases.ts'
import { readDatabasePasswords } from './database-passwords.ts'

try {
  const passwords = readDatabasePasswords(process.env)
  await ensureServiceDatabases(process.env['POSTGRES_URL'] ?? '', passwords)
  console.log(`ready: ${[...passwords.keys()].join(', ')}`)
} catch (error) {
  if (!(error instanceof LaunchFailure)) throw error
  console.error(`${error.message}\n→ ${error.whatToDo}`)
  process.exitCode = 1
}
