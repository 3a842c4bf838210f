import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Level } from '#schemas/limits.ts'
import type { RoomPage } from '#schemas/messages/lobby.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { say, sayRefusal } from '../common/say.ts'

/**
 * "Sit down with others": someone sits there, a seat is free, nothing bars the way; the fullest first, so that people meet.
 * Asked of the server over all rooms, not of the page on the screen.
 */
export function useSitDown(level: Level | undefined, nobody: () => void): { sitDown: () => void; looking: boolean } {
  const { t } = useTranslation('lobby')
  const hub = useHub()
  const navigate = useNavigate()
  const [looking, setLooking] = useState(false)
  const sitDown = async () => {
    setLooking(true)
    const query = { enterable: true, sort: 'busiest', limit: 50, ...(level && { level }) }
    const answer = await hub.api.get<RoomPage>('/api/rooms', query)
    setLooking(false)
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    const room = answer.rooms.find((r) => !r.hasPassword && r.members > 0)
    if (room) return void navigate({ to: '/rooms/$roomId', params: { roomId: room.id } })
    say(t('nobodyOpen'))
    nobody()
  }
  return { sitDown: () => void sitDown(), looking }
}
