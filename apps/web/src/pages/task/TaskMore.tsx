import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { copyAndTell } from '../../shell/copy-and-tell.ts'
import { Button } from '../../ui/Button.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { namingBookmark } from './bookmarks/naming-bookmark.ts'
import { useTaskSession } from './task-context.ts'
import { linkWithView } from './task-link.ts'

const Menu = lazyPart(() => import('../../ui/Menu.tsx').then((module) => module.Menu))

/** What is done with a task more seldom. */
export const TaskMore = () => {
  const { taskId, view } = useTaskSession()
  const [place, setPlace] = useState<{ x: number; y: number } | null>(null)
  const close = () => setPlace(null)
  const acts: Record<string, () => void> = {
    view: () => {
      const link = linkWithView()
      if (link !== null) copyAndTell(link, 'the link with its view')
    },
    id: () => copyAndTell(taskId, 'the id'),
    bookmark: () => namingBookmark.setState({ at: view.getState().seq }),
  }
  return (
    <>
      <Button
        className="max-md:px-2"
        icon={ChevronDown}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        onClick={({ currentTarget }) => {
          const { left, right, bottom } = currentTarget.getBoundingClientRect()
          setPlace({ x: (left + right) / 2, y: bottom })
        }}
      >
        <span className="max-md:sr-only">More</span>
      </Button>
      {place !== null && (
        <Menu
          label="More actions of this task"
          at={place}
          side="bottom"
          items={[
            {
              id: 'view',
              label: 'Copy link with view',
              unavailable: linkWithView() === null ? 'Look at the graph first' : null,
            },
            { id: 'id', label: 'Copy id', unavailable: null },
            { id: 'bookmark', label: 'Bookmark this moment…', unavailable: null, isFirst: true },
          ]}
          onChoose={(id) => {
            close()
            acts[id]?.()
          }}
          onClose={close}
        />
      )}
    </>
  )
}
