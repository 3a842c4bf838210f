import { Badge, Button, Group, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { secondFactorView } from '#client/secondFactor.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { Section } from '../settings/Section.tsx'
import { FactorSteps, type FactorTask } from './FactorSteps.tsx'

/** The authenticator app: where it is offered, or on. */
export function SecondFactor() {
  const { t } = useTranslation(['security', 'common'])
  const hub = useHub()
  const [task, setTask] = useState<FactorTask | null>(null)
  const { data, refetch } = useQuery(
    {
      queryKey: ['secondFactor'],
      queryFn: async () => {
        const answer = await secondFactorView(hub)
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
    },
    queries,
  )
  if (!data || (!data.offered && !data.on)) return null
  const end = () => {
    setTask(null)
    void refetch()
  }
  return (
    <Section title={t('factor.title')}>
      <Text size="sm" c="dimmed">
        {t('factor.text')}
      </Text>
      {data.on && (
        <Group gap="xs">
          <Badge variant="light">{t('factor.on')}</Badge>
          <Text size="sm">{t('factor.left', { count: data.recoveryCodesLeft })}</Text>
        </Group>
      )}
      <Group>
        {data.on ? (
          <>
            <Button variant="default" size="md" onClick={() => setTask('renew')}>
              {t('factor.renew')}
            </Button>
            <Button variant="light" color="red" size="md" onClick={() => setTask('off')}>
              {t('factor.turnOff')}
            </Button>
          </>
        ) : (
          <Button size="md" onClick={() => setTask('setUp')}>
            {t('factor.setUp')}
          </Button>
        )}
      </Group>
      <Modal
        opened={task !== null}
        onClose={end}
        title={t('factor.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {task && <FactorSteps task={task} onEnd={end} />}
      </Modal>
    </Section>
  )
}
