import { expect, test } from 'vitest'
import { accessTable, outsideSees, serviceNames, streamNames } from './access-table.ts'
import { renderNatsConf } from './render-nats-conf.ts'
import { outsidePermissions, toPermissions } from './to-permissions.ts'

const permissionsOf = (name: (typeof serviceNames)[number]) =>
  toPermissions(name, accessTable[name])

test('only the orchestrator may publish what happened in a task (I1)', () => {
  const publishers = serviceNames.filter((name) =>
    permissionsOf(name).publish.some(
      (subject) => subject.startsWith('maestro.event.task.') || subject === 'maestro.event.>',
    ),
  )
  expect(publishers).toEqual(['orchestrator'])
})

test('nobody reads the replies of another', () => {
  for (const name of serviceNames) {
    const inboxes = permissionsOf(name).subscribe.filter((subject) => subject.startsWith('_INBOX'))
    expect(inboxes).toEqual([`_INBOX_${name}.>`])
  }
})

test('nobody may delete or empty a stream', () => {
  const subjects = serviceNames.flatMap((name) => permissionsOf(name).publish)
  const harmful = subjects.filter((subject) =>
    /STREAM\.(DELETE|PURGE|MSG\.DELETE)|API\.>/.test(subject),
  )
  expect(harmful).toEqual([])
})

test('only the timeline reads what the services say of themselves', () => {
  const readers = serviceNames.filter((name) =>
    permissionsOf(name).publish.some((subject) =>
      /\.(CREATE|NEXT|GET|ACK|FC)\.LOGS(\.|$)/.test(subject.replace('STREAM.CREATE', 'ENSURE')),
    ),
  )
  expect(readers).toEqual(['timeline'])
})

test('any service may make sure of every stream, so that none has to start first', () => {
  for (const name of serviceNames) {
    const wanted = streamNames.map((stream) => `$JS.API.STREAM.CREATE.${stream}`)
    expect(permissionsOf(name).publish).toEqual(expect.arrayContaining(wanted))
  }
})

test('a program outside may publish nothing but the question who is there', () => {
  const { publish, subscribe } = outsidePermissions(outsideSees)
  expect(publish.every((subject) => subject.startsWith('$SRV.'))).toBe(true)
  expect(subscribe).toEqual(['_INBOX_outside.>', 'maestro.event.>', 'maestro.live.>'])
})

test('the user who may do everything exists in tests only', () => {
  const conf = { host: '127.0.0.1', port: 4222, storeDir: '/data', passwordOf: () => '"x"' }
  expect(renderNatsConf(conf)).not.toContain('user: "admin"')
  expect(renderNatsConf({ ...conf, withAdmin: true })).toContain('user: "admin"')
})
