const linkLook = 'font-medium underline underline-offset-2 hover:text-accent'

/** What is missing before a model answers, while none can: until then tasks are rehearsed. */
export const SetupSteps = () => (
  <section aria-labelledby="setup" className="m-4 rounded-6 border border-line-strong p-4">
    <h2 id="setup" className="text-16 font-semibold">
      No model can be asked yet
    </h2>
    <p className="mt-1 text-14 text-text-2">
      Tasks run as rehearsals, which cost nothing and say nothing new. Three steps change that:
    </p>
    <ol className="mt-3 flex list-decimal flex-col gap-2 pl-5 text-14 text-text-2">
      <li>
        Get a key:{' '}
        <a
          className={linkLook}
          href="https://console.groq.com/keys"
          target="_blank"
          rel="noreferrer noopener"
        >
          from Groq
        </a>{' '}
        or{' '}
        <a
          className={linkLook}
          href="https://aistudio.google.com/apikey"
          target="_blank"
          rel="noreferrer noopener"
        >
          for Gemini
        </a>
        . Ollama on this machine needs none: it is used as soon as it runs.
      </li>
      <li>
        Put it under{' '}
        <a className={linkLook} href="#keys">
          Keys
        </a>
        . It is sealed, and never shown again.
      </li>
      <li>Test it there: the provider lists its models, and the next task asks them.</li>
    </ol>
  </section>
)
