import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '#schemas/api/groups.ts'
import { say } from '../common/say.ts'
import { ImageField } from '../images/ImageField.tsx'
import { GroupFace } from './GroupFace.tsx'
import { useGroupAct } from './useGroups.ts'

/** The group's picture, for leader and managers. */
export function GroupImage({ group }: { group: GroupDetail }) {
  const { t } = useTranslation('groups')
  const act = useGroupAct()
  const send = async (image: Blob | null) => {
    if (await act(image ? 'POST' : 'DELETE', `/${group.id}/image`, image ?? undefined)) say(t('saved'))
  }
  return <ImageField face={<GroupFace group={group} size={72} />} hasImage={group.image !== null} square send={send} />
}
