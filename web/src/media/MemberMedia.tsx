import { Menu, Slider, Text } from '@mantine/core'
import {
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { type MediaKind, type MediaSource, mediaKinds } from '#schemas/media/sources.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { say, sayRefusal } from '../common/say.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'
import classes from './media.module.css'
import { isIn, useMediaView } from './useMedia.ts'
import { setVolume, volumeOf, volumeRange, volumes } from './volumes.ts'
import './words.ts'

/** Percent of one move. */
const STEP = 5

const icons: Readonly<Record<MediaKind, ReactNode>> = {
  microphone: <IconMicrophone size={16} />,
  camera: <IconVideo size={16} />,
  screen: <IconScreenShare size={16} />,
}

type Props = { room: StudyHandle; userId: string; name: string }

/** In a member's menu: how loud I hear them, and for those who lead what they may stop (V4, V7). */
export function MemberMedia({ room, userId, name }: Props) {
  const { t } = useTranslation('media')
  const hears = isIn(useMediaView(room.media))
  const them = useRoom(room, (s) => {
    const m = s.members.get(userId)
    const me = s.members.get(room.me)
    const owns = s.owner === room.me
    return {
      inside: m?.inMedia ?? false,
      speaks: (m?.producers.has('microphone') ?? false) && !m?.micMuted,
      camera: m?.producers.has('camera') ?? false,
      screen: m?.producers.has('screen') ?? false,
      barred: m?.barred ?? '',
      mine: (owns || me?.role === 'moderator') && s.owner !== userId && (owns || m?.role !== 'moderator'),
    }
  })
  const allow = async (kind: MediaKind, on: boolean) => {
    const answer = await room.request('media.allowMember', { userId, kind, on })
    if (isRefusal(answer)) sayRefusal(answer.refused)
  }
  const mute = async () => {
    const answer = await room.request('media.muteMembers', { userId })
    if (isRefusal(answer)) sayRefusal(answer.refused)
    else say(t('acts.mutedNow', { name }))
  }
  const stop = async (source: MediaSource) => {
    const answer = await room.request('media.stopMember', { userId, source })
    if (isRefusal(answer)) sayRefusal(answer.refused)
  }
  const isBarred = (kind: MediaKind) => them.barred.split(' ').includes(kind)
  if (!(them.inside && hears) && !(them.mine && (them.inside || them.barred))) return null
  return (
    <>
      <Menu.Divider />
      {them.inside && hears && <Volume userId={userId} name={name} />}
      {them.mine && them.speaks && (
        <Menu.Item leftSection={<IconMicrophoneOff size={16} />} onClick={() => void mute()}>
          {t('acts.mute')}
        </Menu.Item>
      )}
      {them.mine && them.camera && (
        <Menu.Item leftSection={<IconVideoOff size={16} />} onClick={() => void stop('camera')}>
          {t('acts.stopCamera')}
        </Menu.Item>
      )}
      {them.mine && them.screen && (
        <Menu.Item leftSection={<IconScreenShareOff size={16} />} onClick={() => void stop('screen')}>
          {t('acts.stopScreen')}
        </Menu.Item>
      )}
      {them.mine &&
        mediaKinds
          .filter((kind) => them.inside || isBarred(kind))
          .map((kind) => (
            <Menu.Item key={kind} leftSection={icons[kind]} onClick={() => void allow(kind, isBarred(kind))}>
              {t(isBarred(kind) ? `acts.allow.${kind}` : `acts.bar.${kind}`)}
            </Menu.Item>
          ))}
    </>
  )
}

function Volume({ userId, name }: { userId: string; name: string }) {
  const { t } = useTranslation('media')
  const percent = volumeOf(useStore(volumes), userId)
  // An item as the others are, for a menu may hold nothing else; by the keyboard it is louder to the right.
  const turn = ({ key, target, currentTarget }: KeyboardEvent) => {
    const by = key === 'ArrowRight' ? STEP : key === 'ArrowLeft' ? -STEP : 0
    if (by === 0 || target !== currentTarget) return
    setVolume(userId, Math.min(volumeRange.max, Math.max(volumeRange.min, percent + by)))
  }
  return (
    <Menu.Item component="div" closeMenuOnClick={false} className={classes['volume'] ?? ''} onKeyDown={turn}>
      <Text size="sm" mb={4}>
        {t('volume.label')} {percent}%
      </Text>
      <Slider
        min={volumeRange.min}
        max={volumeRange.max}
        step={STEP}
        label={null}
        value={percent}
        onChange={(value) => setVolume(userId, value)}
        thumbLabel={t('volume.of', { name })}
        marks={[{ value: volumeRange.usual }]}
      />
    </Menu.Item>
  )
}
