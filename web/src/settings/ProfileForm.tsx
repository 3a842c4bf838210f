import { Button, Divider, Group, NativeSelect, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { displayName, handle, type Me } from '#schemas/api/accounts.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { say, sayRefusal } from '../common/say.ts'
import { AboutForm } from './AboutForm.tsx'
import { OwnImage } from './OwnImage.tsx'
import { Section } from './Section.tsx'

const zones = Intl.supportedValuesOf('timeZone')

export function ProfileForm({ me }: { me: Me }) {
  const { t, i18n } = useTranslation(['settings', 'accounts', 'common'])
  const hub = useHub()
  const hour = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', timeZone: 'UTC' })
  const form = useForm({
    initialValues: { name: me.name, handle: me.handle, timeZone: me.timeZone, dayStartHour: String(me.dayStartHour) },
    validateInputOnBlur: true,
    validate: {
      name: (v) => (displayName.safeParse(v).success ? null : t('accounts:wrong.name')),
      handle: (v) => (handle.safeParse(v).success ? null : t('accounts:wrong.handle')),
    },
  })
  const save = form.onSubmit(async (values) => {
    const answer = await hub.api.send<Me>('PATCH', '/api/me', { ...values, dayStartHour: Number(values.dayStartHour) })
    if (isRefusal(answer)) {
      if (answer.refused === 'taken') form.setFieldError('handle', t('accounts:taken.handle'))
      else sayRefusal(answer.refused)
      return
    }
    await hub.refreshSession()
    say(t('common:saved'))
  })
  return (
    <Section title={t('profile')}>
      <OwnImage me={me} />
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <TextInput label={t('name')} size="md" {...form.getInputProps('name')} />
          <TextInput
            label={t('handle')}
            leftSection="@"
            size="md"
            autoCapitalize="none"
            {...form.getInputProps('handle')}
          />
          <TextInput label={t('email')} size="md" value={me.email} readOnly />
          <Select
            label={t('timeZone')}
            size="md"
            searchable
            limit={50}
            allowDeselect={false}
            data={zones.includes(me.timeZone) ? zones : [me.timeZone, ...zones]}
            {...form.getInputProps('timeZone')}
          />
          <NativeSelect
            label={t('dayStart')}
            description={t('dayStartHint')}
            size="md"
            data={Array.from({ length: 24 }, (_, h) => ({ value: String(h), label: hour.format(h * 3_600_000) }))}
            {...form.getInputProps('dayStartHour')}
          />
          <Group justify="flex-end">
            <Button type="submit" size="md" loading={form.submitting} disabled={!form.isDirty()}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
      <Divider />
      <AboutForm me={me} />
    </Section>
  )
}
