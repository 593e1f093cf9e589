import { Circle, CircleDot, PanelBottomClose, Volume2, VolumeX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { DockTab } from '../../../paths.ts'
import { useKeyHint } from '../../../shell/use-key-hint.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import type { Seek } from '../use-position.ts'
import { EventList } from './EventList.tsx'
import { LevelChoice } from './LevelChoice.tsx'
import { LogFilterField } from './LogFilterField.tsx'
import { LogList } from './LogList.tsx'

const ServiceLog = lazyPart(
  () => import('./services/ServiceLog.tsx').then((module) => module.ServiceLog),
  <SkeletonRows rows={4} label="Loading the log of the services" />,
)

const TaskMessages = lazyPart(
  () => import('./TaskMessages.tsx').then((module) => module.TaskMessages),
  <SkeletonRows rows={4} label="Loading the messages" />,
)

type Props = {
  tab: Exclude<DockTab, 'closed'>
  filter: string
  onTab: (tab: DockTab) => void
  onFilter: (filter: string) => void
  onSeek: Seek
  onSelect: (stepId: string) => void
  isClosable: boolean
  /** Of the panel around it. */
  controls: ReactNode
}

/** Below the view: what happened, as a log and as the complete list of events, and what the services said of it. */
export const Dock = ({
  tab,
  filter,
  onTab,
  onFilter,
  onSeek,
  onSelect,
  isClosable,
  controls,
}: Props) => {
  const [isSpoken, setIsSpoken] = useState(false)
  const [follows, setFollows] = useState(true)
  const hint = useKeyHint()
  return (
    <section aria-label="Log and events" className="flex h-full min-h-0 flex-col bg-bg">
      <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-4 py-1.5">
        <Segments
          label="Log or events"
          size="small"
          value={tab}
          options={[
            { value: 'log', label: 'Log', hint: 'What happened, in words' },
            { value: 'messages', label: 'Messages', hint: 'What agents, tools and people said' },
            { value: 'services', label: 'Services', hint: 'What the services said of it' },
            { value: 'events', label: 'Events', hint: 'Every event there is' },
          ]}
          onValue={onTab}
        />
        {tab === 'services' && <LevelChoice filter={filter} onFilter={onFilter} />}
        {(tab === 'log' || tab === 'services') && (
          <LogFilterField
            label={tab === 'log' ? 'Filter of the log' : 'Filter of the services’ log'}
            placeholder={
              tab === 'log' ? 'level:warn  step:3  "words"' : 'service:llm-router  step:3  "words"'
            }
            value={filter}
            onValue={onFilter}
          />
        )}
        <div className="ml-auto flex items-center gap-1">
          {tab === 'log' && (
            <Button
              size="small"
              look="quiet"
              icon={follows ? CircleDot : Circle}
              aria-pressed={follows}
              hint={follows ? 'The newest lines stay in sight' : 'What you look at stays in sight'}
              onClick={() => setFollows(!follows)}
            >
              Follow
            </Button>
          )}
          {tab === 'log' && (
            <IconButton
              label={isSpoken ? 'No longer announce new lines' : 'Announce new lines'}
              icon={isSpoken ? Volume2 : VolumeX}
              size="small"
              aria-pressed={isSpoken}
              onClick={() => setIsSpoken(!isSpoken)}
            />
          )}
          {controls}
          {isClosable && (
            <IconButton
              label={hint('Close', 'dock')}
              icon={PanelBottomClose}
              size="small"
              onClick={() => onTab('closed')}
            />
          )}
        </div>
      </header>
      <div className="min-h-0 grow">
        {tab === 'log' && (
          <LogList
            filter={filter}
            isSpoken={isSpoken}
            following={{ follows, setFollows }}
            onSeek={onSeek}
            onSelect={onSelect}
          />
        )}
        {tab === 'messages' && <TaskMessages onSeek={onSeek} onSelect={onSelect} />}
        {tab === 'services' && <ServiceLog filter={filter} onSeek={onSeek} onSelect={onSelect} />}
        {tab === 'events' && <EventList onSeek={onSeek} />}
      </div>
    </section>
  )
}
