import { SegmentedControl, Switch, Text, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Locale } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub, useSession } from '../app/hub.tsx'
import { ring, rings, setRings } from '../common/ring.ts'
import { sayRefusal } from '../common/say.ts'
import { setLocale } from '../i18n/index.ts'
import { Section } from './Section.tsx'

/** Takes effect at once; the language is also kept with the account. */
export function LookSettings() {
  const { t, i18n } = useTranslation('settings')
  const hub = useHub()
  const session = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [rung, setRung] = useState(rings)
  const speak = async (locale: Locale) => {
    await setLocale(locale)
    if (session.status !== 'in') return
    const answer = await hub.api.send('PATCH', '/api/me', { locale })
    if (isRefusal(answer)) sayRefusal(answer.refused)
  }
  return (
    <Section title={t('look')}>
      <div>
        <Text id="language" size="sm" fw={500} mb={4}>
          {t('language')}
        </Text>
        <SegmentedControl
          aria-labelledby="language"
          size="md"
          value={i18n.language}
          onChange={(value) => void speak(value as Locale)}
          data={[
            { value: 'ko', label: '한국어' },
            { value: 'en', label: 'English' },
          ]}
        />
      </div>
      <div>
        <Text id="theme" size="sm" fw={500} mb={4}>
          {t('theme')}
        </Text>
        <SegmentedControl
          aria-labelledby="theme"
          size="md"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`themes.${value}`) }))}
        />
      </div>
      <Switch
        label={t('ring')}
        description={t('ringHint')}
        checked={rung}
        onChange={(event) => {
          const on = event.currentTarget.checked
          setRings(on)
          setRung(on)
          if (on) void ring('break')
        }}
      />
    </Section>
  )
}
