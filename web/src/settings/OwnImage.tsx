import { useTranslation } from 'react-i18next'
import type { Me } from '#schemas/api/accounts.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { Face } from '../common/Face.tsx'
import { say, sayRefusal } from '../common/say.ts'
import { ImageField } from '../images/ImageField.tsx'

/** The own picture. */
export function OwnImage({ me }: { me: Me }) {
  const { t } = useTranslation('common')
  const hub = useHub()
  const send = async (image: Blob | null) => {
    const answer = await hub.api.send<Me>(image ? 'POST' : 'DELETE', '/api/me/image', image ?? undefined)
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    await hub.refreshSession()
    say(t('saved'))
  }
  const face = <Face id={me.id} name={me.name} image={me.image} size={72} />
  return <ImageField face={face} hasImage={me.image !== null} send={send} />
}
