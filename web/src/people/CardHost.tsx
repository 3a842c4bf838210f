import { Drawer, Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNarrow } from '../frame/useNarrow.ts'
import { useStore } from '../hooks/useStore.ts'
import { PersonCardView } from './PersonCardView.tsx'
import { cardIsHeld, hideCard, shownCard } from './shownCard.ts'

/** The open card: beside what it was asked at, on a phone as a sheet from below. */
export function CardHost() {
  const { t } = useTranslation(['people', 'common'])
  const narrow = useNarrow()
  const shown = useStore(shownCard)
  const held = useStore(cardIsHeld)
  if (!shown) return null
  const card = <PersonCardView key={shown.id} id={shown.id} />
  if (narrow || !shown.beside)
    return (
      <Drawer
        opened
        onClose={hideCard}
        position={narrow ? 'bottom' : 'right'}
        size={narrow ? 'auto' : 'sm'}
        {...(narrow && { styles: { content: { height: 'auto', maxHeight: '85dvh' } } })}
        title={t('card.label')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {card}
      </Drawer>
    )
  const { left, top, width, height } = shown.beside
  return (
    <Popover
      opened
      onChange={(open) => !open && hideCard()}
      position="right-start"
      width={340}
      trapFocus={!held}
      closeOnClickOutside={!held}
      closeOnEscape={!held}
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <span aria-hidden style={{ position: 'fixed', left, top, width, height, pointerEvents: 'none' }} />
      </Popover.Target>
      <Popover.Dropdown p="lg" aria-label={t('card.label')}>
        {card}
      </Popover.Dropdown>
    </Popover>
  )
}
