import {
  KeyedProvider,
  KeyName,
  KeyValue,
  type ProviderKey,
} from '@maestro/contracts/llm/provider-key'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import { type KeyPlace, putKey } from '../../../api/provider-settings.ts'
import { messageOf } from '../../../api/request-id.ts'
import { systemKey } from '../../../api/system.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { providerNames } from '../../provider-names.ts'

const providers = KeyedProvider.options.map((value) => ({ value, label: providerNames[value] }))
const scopes: readonly { value: KeyPlace['scope']; label: string }[] = [
  { value: 'system', label: 'For everybody' },
  { value: 'user', label: 'For my tasks alone' },
]
const problemOf = (schema: typeof KeyValue, text: string): string | null =>
  schema.safeParse(text).error?.issues[0]?.message ?? null

/** A key is typed once and sent once; nothing here keeps it afterwards. */
export const AddKey = () => {
  const { http } = useApp()
  const client = useQueryClient()
  const [provider, setProvider] = useState<ProviderKey['provider']>('groq')
  const [scope, setScope] = useState<KeyPlace['scope']>('system')
  const [name, setName] = useState('main')
  const [value, setValue] = useState('')
  const [problems, setProblems] = useState<{ name: string | null; value: string | null }>({
    name: null,
    value: null,
  })
  const putting = useMutation({
    mutationFn: () => putKey(http, { provider, scope, name: name.trim(), value: value.trim() }),
    // Of a mutation the arguments would be kept for a while: the secret is none of them.
    gcTime: 0,
    onSuccess: async () => {
      setValue('')
      await client.invalidateQueries({ queryKey: systemKey })
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const found = {
      name: problemOf(KeyName, name.trim()),
      value: problemOf(KeyValue, value.trim()),
    }
    setProblems(found)
    if (found.name === null && found.value === null) putting.mutate()
  }
  const kept = putting.data?.key
  return (
    <form aria-label="Add a key" onSubmit={submit} className="max-w-[800px]" autoComplete="off">
      <div className="grid gap-4 md:grid-cols-[120px_180px_minmax(0,1fr)_160px]">
        <Field label="Provider">
          {({ id }) => (
            <Select id={id} value={provider} options={providers} onValue={setProvider} />
          )}
        </Field>
        <Field label="Name" error={problems.name}>
          {({ id, describedBy, invalid }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              value={name}
              spellCheck={false}
              onChange={(event) => setName(event.target.value)}
              className={inputLook}
            />
          )}
        </Field>
        <Field label="Key" error={problems.value}>
          {({ id, describedBy, invalid }) => (
            <input
              id={id}
              type="password"
              // No password of this page: managers of passwords have no business with it.
              autoComplete="off"
              data-1p-ignore
              data-lpignore="true"
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              value={value}
              spellCheck={false}
              onChange={(event) => setValue(event.target.value)}
              className={`${inputLook} font-mono`}
            />
          )}
        </Field>
        <Field label="Used">
          {({ id }) => <Select id={id} value={scope} options={scopes} onValue={setScope} />}
        </Field>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button type="submit" icon={Plus} pending={putting.isPending}>
          Keep this key
        </Button>
        <p role="status" className="text-13 text-text-2">
          {kept &&
            value === '' &&
            `“${kept.name}” of ${providerNames[kept.provider]}, ending in ${kept.ending}, is kept. Test it.`}
        </p>
      </div>
      {putting.isError && (
        <p role="alert" className="mt-2 text-13 font-medium text-failed">
          {messageOf(putting.error)} What you typed is still here.
        </p>
      )}
    </form>
  )
}
