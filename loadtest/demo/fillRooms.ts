import type { StudyHub } from '#client/types.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { cast, PEOPLE, type Player, SEED } from './cast.ts'
import { chance } from './chance.ts'
import { signedIn } from './seedAccounts.ts'
import type { Seating } from './seedGroups.ts'

const rooms = [
  { name: '정보처리기사 실기 같이 준비해요', level: 'university', tags: ['자격증', '코딩'], capacity: 12, people: 9 },
  { name: '수능 D-30 조용히 집중', level: 'high', tags: ['수능', '수학'], capacity: 16, people: 12 },
  { name: '퇴근 후 영어 회화', level: 'business', tags: ['영어'], capacity: 8, people: 5 },
  { name: '새벽 독서', level: 'free', tags: ['독서'], capacity: 10, people: 6 },
  { name: 'Linear algebra, problem sets', level: 'university', tags: ['maths', 'proofs'], capacity: 10, people: 7 },
  { name: 'Reading at dawn', level: 'free', tags: ['books'], capacity: 6, people: 3 },
  { name: '중학 수학 심화', level: 'middle', tags: ['수학'], capacity: 10, people: 6 },
  { name: '토익 900 향해', level: 'business', tags: ['토익', '영어'], capacity: 12, people: 8 },
] as const
const talk = [
  '안녕하세요! 오늘도 같이 달려 봐요',
  '저는 1장부터 할게요',
  '화이팅이에요 👍',
  '다음 쉬는 시간에 이야기해요',
  '좋아요!',
]

/**
 * Opens rooms and seats people in them and in those of the groups; they study, talk and run the shared timers, and stay until
 * the process ends. Answers how many they are.
 */
export async function fillRooms(origin: string, ofGroups: readonly Seating[]): Promise<number> {
  let last = PEOPLE
  const seatings = rooms.map(({ people, ...facts }) => {
    last -= people
    return { people: cast.slice(last, last + people), roomId: (hub: StudyHub) => opened(hub, facts) }
  })
  for (const { roomId, people } of ofGroups) seatings.push({ people: [...people], roomId: async () => roomId })
  const next = chance(SEED, 'rooms')
  for (const seating of seatings) await fill(origin, seating, next)
  return seatings.reduce((n, { people }) => n + people.length, 0)
}

type Filling = { readonly people: readonly Player[]; readonly roomId: (first: StudyHub) => Promise<string> }

async function fill(origin: string, { people, roomId }: Filling, next: () => number): Promise<void> {
  const seated: StudyHub[] = []
  let id = ''
  for (const player of people) {
    const hub = await signedIn(origin, player)
    id ||= await roomId(hub)
    const place = await hub.enter(id)
    if (place.status !== 'in') throw new Error(`${player.handle} does not come in: ${JSON.stringify(place)}`)
    seated.push(hub)
    if (next() < 0.8) await place.room.request('study.start', {})
    if (next() < 0.5) place.room.chat.send(talk[Math.floor(next() * talk.length)] ?? '')
  }
  const first = seated[0]?.place.get()
  if (first?.status === 'in' && next() < 0.75) await first.room.request('timer.start', {})
}

async function opened(hub: StudyHub, facts: object): Promise<string> {
  const answer = await hub.api.send<{ roomId: string }>('POST', '/api/rooms', facts)
  if (isRefusal(answer)) throw new Error(`no room can be opened: ${answer.refused}`)
  return answer.roomId
}
