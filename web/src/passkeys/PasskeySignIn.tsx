import { Button, Stack } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginPasskeySignIn, signInByPasskey } from '#client/passkeys.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { sayRefusal } from '../common/say.ts'
import './words.ts'
import { tell } from '../common/notices.ts'
import { askKey, belongsHere, canUsePasskeys, stopAsking } from './browserKeys.ts'

// Shorter than the server takes an answer for: what is asked quietly stays good however long the page is open.
const AGAIN_MS = 8 * 60_000

/**
 * Signing in by passkey: quietly, in what the browser offers under the address field, and by a button. Nothing where passkeys are
 * not offered. Being signed in leads on from here.
 */
export function PasskeySignIn() {
  const { t } = useTranslation('passkeys')
  const hub = useHub()
  const [offered, setOffered] = useState(false)
  const [busy, setBusy] = useState(false)
  const [round, setRound] = useState(0)

  async function attempt(quietly: boolean, left: () => boolean): Promise<void> {
    const asked = await beginPasskeySignIn(hub)
    if (isRefusal(asked)) return quietly ? undefined : sayRefusal(asked.refused)
    if (!asked || left() || !belongsHere(asked.options['rpId'])) return
    setOffered(true)
    const key = await askKey(asked, quietly)
    if (left()) return
    if ('missed' in key) {
      if (key.missed) tell({ message: t(key.missed), color: 'red' })
      return
    }
    const answer = await signInByPasskey(hub, asked.ticket, key)
    if (!isRefusal(answer)) return
    if (answer.refused === 'bad_credentials') tell({ message: t('refused'), color: 'red' })
    else sayRefusal(answer.refused)
    setRound((n) => n + 1)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, and again when a round or a press of the button is over.
  useEffect(() => {
    if (busy || !canUsePasskeys()) return
    let left = false
    void attempt(true, () => left)
    const again = setTimeout(() => setRound((n) => n + 1), AGAIN_MS)
    return () => {
      left = true
      clearTimeout(again)
      void stopAsking()
    }
  }, [hub, round, busy])
  const press = async () => {
    setBusy(true)
    await attempt(false, () => false)
    setBusy(false)
  }
  if (!offered) return null
  return (
    <Stack gap="sm">
      <Button
        variant="default"
        size="md"
        leftSection={<IconKey size={18} aria-hidden />}
        loading={busy}
        onClick={() => void press()}
      >
        {t('with')}
      </Button>
    </Stack>
  )
}
