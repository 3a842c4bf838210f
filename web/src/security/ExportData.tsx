import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { exportLink, newestExport, startExport } from '#client/sessions.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { sayRefusal } from '../common/say.ts'
import { Section } from '../settings/Section.tsx'

const KEY = ['export']
const LOOK_MS = 1_000

/** Asks for a ZIP of all my data, shows how far it is, and fetches it. */
export function ExportData() {
  const { t, i18n } = useTranslation('security')
  const hub = useHub()
  const { data: job } = useQuery(
    {
      queryKey: KEY,
      queryFn: async () => {
        const answer = await newestExport(hub)
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
      refetchInterval: ({ state: { data } }) =>
        data?.state === 'waiting' || data?.state === 'running' ? LOOK_MS : false,
    },
    queries,
  )
  const underWay = job?.state === 'waiting' || job?.state === 'running'
  const start = async () => {
    const answer = await startExport(hub)
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    queries.setQueryData(KEY, answer)
  }
  const download = async (id: string) => {
    const answer = await exportLink(hub, id)
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    window.location.assign(answer.url)
  }
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Section title={t('export.title')}>
      <Text size="sm" c="dimmed">
        {t('export.text')}
      </Text>
      {job?.state === 'failed' && (
        <Alert color="red" variant="light" role="alert">
          {t('export.failed')}
        </Alert>
      )}
      {underWay && job && (
        <div role="status">
          <Progress value={job.total ? (100 * job.done) / job.total : 0} aria-label={t('export.title')} />
          <Text size="sm" mt={4}>
            {job.total ? t('export.running', { done: job.done, total: job.total }) : t('export.waiting')}
          </Text>
        </div>
      )}
      <Group justify="space-between">
        <Text size="sm">
          {job?.file && job.endedAt !== null
            ? t('export.ready', { when: date.format(job.endedAt), size: sizeOf(job.file.bytes, i18n.language) })
            : ''}
        </Text>
        <Group>
          <Button variant="default" size="md" disabled={underWay} onClick={() => void start()}>
            {t(job?.file ? 'export.again' : 'export.start')}
          </Button>
          {job?.file && (
            <Button size="md" leftSection={<IconDownload size={18} />} onClick={() => void download(job.id)}>
              {t('export.download')}
            </Button>
          )}
        </Group>
      </Group>
    </Section>
  )
}

function sizeOf(bytes: number, locale: string): string {
  const [unit, value] = bytes < 1e6 ? (['kilobyte', bytes / 1e3] as const) : (['megabyte', bytes / 1e6] as const)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}
