import { Button, type ButtonProps } from '@mantine/core'
import { IconCheck, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '#schemas/api/people.ts'
import { useActs } from './useActs.ts'

/** The one step that is next between two people: ask, take back, or answer. */
export function FriendButton({ person, size = 'sm' }: { person: PersonView; size?: ButtonProps['size'] }) {
  const { t } = useTranslation('people')
  const acts = useActs(person)
  const [busy, setBusy] = useState(false)
  const run = (act: () => Promise<unknown>) => async () => {
    setBusy(true)
    await act()
    setBusy(false)
  }
  const usual = { size, loading: busy }
  switch (person.standing.friendship) {
    case 'none':
      return (
        <Button {...usual} variant="light" leftSection={<IconUserPlus size={16} />} onClick={run(acts.add)}>
          {t('act.add')}
        </Button>
      )
    case 'asked':
      return (
        <Button {...usual} variant="default" onClick={run(acts.dropRequest)}>
          {t('act.withdraw')}
        </Button>
      )
    case 'asksMe':
      return (
        <>
          <Button {...usual} leftSection={<IconCheck size={16} />} onClick={run(acts.accept)}>
            {t('act.accept')}
          </Button>
          <Button {...usual} variant="default" onClick={run(acts.dropRequest)}>
            {t('act.refuse')}
          </Button>
        </>
      )
    case 'friends':
      return null
  }
}
