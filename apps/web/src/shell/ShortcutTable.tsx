import { shortcutList } from './shortcut-list.ts'

export const ShortcutTable = () => (
  <div className="gap-x-10 md:columns-2">
    {shortcutList.map(({ scope, keys }) => (
      <section key={scope} className="mb-6 break-inside-avoid">
        <h3 className="mb-1 text-13 font-semibold text-text">{scope}</h3>
        <dl>
          {keys.map(([key, what]) => (
            <div
              key={key}
              className="flex items-baseline justify-between gap-4 border-b border-line py-1.5"
            >
              <dt className="text-13 text-text-2">{what}</dt>
              <dd className="font-mono text-12 whitespace-pre text-text">{key}</dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </div>
)
