/** The gateway as a benchmark uses it. */
export const createHttpApi = ({ url, token }: { url: string; token: string }) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { ...init, headers })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    createTask: async (body: unknown) =>
      (await ask('/api/tasks', { method: 'POST', body: JSON.stringify(body) })) as {
        taskId: string
      },
    task: async (taskId: string) =>
      (await ask(`/api/tasks/${taskId}`)) as { seq: number; state: { status: string } },
    get: ask,
  }
}

export type HttpApi = ReturnType<typeof createHttpApi>
