import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Me } from '#schemas/api/accounts.ts'
import { webAddress } from '#schemas/api/profile.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { say, sayRefusal } from '../common/say.ts'
import { endOf, type StatusEnd, statusEnds } from './statusEnd.ts'

/** What others read about me: a few words, an address, and what I am up to for a while. */
export function AboutForm({ me }: { me: Me }) {
  const { t } = useTranslation(['people', 'common'])
  const hub = useHub()
  const status = me.status && (me.status.until === null || me.status.until > Date.now()) ? me.status : null
  const kept = status !== null && status.until !== null
  const form = useForm({
    initialValues: {
      bio: me.bio,
      url: me.url ?? '',
      status: status?.text ?? '',
      end: (kept ? 'keep' : 'never') as StatusEnd | 'keep',
    },
    validateInputOnBlur: true,
    validate: { url: (v) => (v === '' || webAddress.safeParse(v).success ? null : t('about.wrongUrl')) },
  })
  const save = form.onSubmit(async ({ bio, url, status: text, end }) => {
    const until = end === 'keep' ? (status?.until ?? null) : endOf(end, Date.now())
    const answer = await hub.api.send<Me>('PATCH', '/api/me', {
      ...{ bio, url: url === '' ? null : url },
      status: text.trim() === '' ? null : { text, until },
    })
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    await hub.refreshSession()
    form.resetDirty()
    say(t('common:saved'))
  })
  const { bio } = form.getValues()
  return (
    <form onSubmit={save} noValidate>
      <Textarea
        label={t('about.bio')}
        description={t('about.bioHint', { left: limits.bio - bio.length })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        size="md"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={limits.bio}
        {...form.getInputProps('bio')}
      />
      <TextInput
        mt="md"
        label={t('about.url')}
        size="md"
        type="url"
        placeholder="https://"
        maxLength={limits.profileUrl}
        {...form.getInputProps('url')}
      />
      <Group mt="md" align="flex-end" wrap="wrap">
        <TextInput
          label={t('about.status')}
          placeholder={t('about.statusHint')}
          size="md"
          maxLength={limits.statusText}
          style={{ flex: '1 1 260px' }}
          {...form.getInputProps('status')}
        />
        <NativeSelect
          label={t('about.until')}
          size="md"
          data={[...(kept ? (['keep'] as const) : []), ...statusEnds].map((value) => ({
            value,
            label: t(`about.ends.${value}`),
          }))}
          {...form.getInputProps('end')}
        />
      </Group>
      <Group justify="flex-end" mt="md">
        <Button type="submit" size="md" loading={form.submitting} disabled={!form.isDirty()}>
          {t('common:save')}
        </Button>
      </Group>
    </form>
  )
}
