import { Button, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LobbyView } from '#client/types.ts'
import type { LobbySearch } from './lobbySearch.ts'

declare module '@tanstack/history' {
  interface HistoryState {
    /** This page was reached from the one before, so "back" is that. */
    paged?: boolean
  }
}

/** One page is live at a time; the way back is the browser's own, for a cursor only knows what comes after it. */
export function Pages({ view, search }: { view: LobbyView; search: LobbySearch }) {
  const { t, i18n } = useTranslation('lobby')
  const navigate = useNavigate()
  const router = useRouter()
  const paged = useRouterState({ select: (s) => s.location.state.paged === true })
  const next = view.page?.next ?? null
  if (!view.page || (!next && !search.after)) return null
  const page = search.page ?? 1
  const all = new Intl.NumberFormat(i18n.language).format(view.page.total)
  const back = () => {
    if (paged) router.history.back()
    else {
      const { after: _, page: __, ...first } = search
      void navigate({ to: '/', search: first })
    }
  }
  return (
    <Group component="nav" justify="center" gap="md" aria-label={t('pages.label')}>
      <Button
        variant="default"
        disabled={page === 1}
        leftSection={<IconChevronLeft size={16} aria-hidden />}
        onClick={back}
      >
        {t(paged || page === 1 ? 'pages.previous' : 'pages.first')}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {t('pages.at', { page, count: view.page.total, all })}
      </Text>
      <Button
        variant="default"
        disabled={next === null}
        rightSection={<IconChevronRight size={16} aria-hidden />}
        onClick={() =>
          next && void navigate({ to: '/', search: { ...search, after: next, page: page + 1 }, state: { paged: true } })
        }
      >
        {t('pages.next')}
      </Button>
    </Group>
  )
}
