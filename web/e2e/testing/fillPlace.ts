import type { StudyHandle } from '#client/types.ts'
import { allSent, type Guest, guest, opensRoom, sitsDown } from './crowd.ts'

const rooms = {
  ko: [
    { name: '정보처리기사 실기 같이 준비해요', level: 'university', tags: ['자격증', '코딩'], capacity: 8 },
    { name: '수능 D-30 조용히 집중', level: 'high', tags: ['수능', '수학'], capacity: 12, password: 'letmein' },
    { name: '퇴근 후 영어 회화', level: 'business', tags: ['영어'], capacity: 6 },
    { name: '새벽 독서', level: 'free', tags: [], capacity: 4 },
  ],
  en: [
    { name: 'Linear algebra, problem sets', level: 'university', tags: ['maths', 'proofs'], capacity: 8 },
    { name: 'Quiet hour before the exam', level: 'high', tags: ['chemistry'], capacity: 12, password: 'letmein' },
    { name: 'After work: learning Korean', level: 'business', tags: ['language'], capacity: 6 },
    { name: 'Reading at dawn', level: 'free', tags: [], capacity: 4 },
  ],
}
const names = {
  ko: ['김민아', '이준호', '박서연', '최도윤', '정하은', '강지우', '조유진', '윤태오'],
  en: ['Maya Chen', 'Tom Becker', 'Priya Nair', 'Lucas Silva', 'Anna Kowalska', 'Sam O’Neil', 'Ines Duarte', 'Wei'],
}
const talk = {
  ko: [
    '안녕하세요! 오늘도 같이 달려 봐요',
    '저는 **데이터베이스** 정규화부터 할게요',
    '혹시 `BCNF` 정리된 자료 있으신 분?',
    '있어요! https://example.com/bcnf 여기 정리가 잘 되어 있어요',
    '오 감사합니다 🙏',
    '다음 집중 시간 끝나면 문제 하나씩 풀어 볼까요?\n1번부터 5번까지요',
    '좋아요 👍',
  ],
  en: [
    'Hi everyone, good to see you again',
    'I start with **eigenvalues** today',
    'Does somebody have notes on `diagonalisation`?',
    'Yes: https://example.com/notes has a good summary',
    'Thank you 🙏',
    'After this focus, shall we go through the problems together?\nOne to five',
    'Sounds good 👍',
  ],
}

export type Lively = {
  readonly busy: string
  readonly busyName: string
  readonly members: readonly StudyHandle[]
  close(): Promise<void>
}

/** Eight people in four rooms: one of them busy, with a timer, talk, a raised hand and lit desks. */
export async function fillPlace(origin: string, locale: 'ko' | 'en'): Promise<Lively> {
  const people: Guest[] = []
  for (const name of names[locale]) people.push(await guest(origin, name))
  const at = (i: number) => people[i] as Guest
  const ids: string[] = []
  for (const [i, facts] of rooms[locale].entries()) {
    const id = await opensRoom(at(i), facts)
    ids.push(id)
    await sitsDown(at(i), id, facts.password)
  }
  const [busy = '', quiet = '', evening = ''] = ids
  const members = [await sitsDown(at(0), busy)]
  for (const i of [4, 5, 6]) members.push(await sitsDown(at(i), busy))
  await sitsDown(at(7), evening)
  const owner = members[0] as StudyHandle
  await owner.request('room.change', {
    notice:
      locale === 'ko'
        ? '집중 시간에는 채팅을 아껴 주세요. 쉬는 시간에 이야기해요!'
        : 'Please keep quiet while we focus; we talk in the breaks.',
  })
  for (const [i, text] of talk[locale].entries()) {
    const room = members[[0, 1, 2, 1, 2, 3, 0][i] ?? 0] as StudyHandle
    room.chat.send(text, i === 3 ? { replyTo: 3 } : {})
    await allSent(room)
  }
  await owner.request('chat.react', { number: 4, emoji: '❤️', on: true })
  for (const room of members.slice(2)) await room.request('chat.react', { number: 4, emoji: '🙏', on: true })
  await owner.request('chat.pin', { number: 4, on: true })
  await owner.request('timer.start', {})
  for (const room of members.slice(0, 3)) await room.request('study.start', {})
  await members[3]?.request('member.setStatus', { status: 'away' })
  await members[2]?.request('hand.raise', { topic: locale === 'ko' ? '3번 문제 질문' : 'A question on number 3' })
  for (const id of [quiet, evening]) void id
  const far = at(2).hub.place.get()
  if (far.status === 'in') {
    await far.room.request('timer.start', {})
    await far.room.request('timer.skip', { index: 0 })
  }
  const busyName = rooms[locale][0]?.name ?? ''
  return { busy, busyName, members, close: async () => void (await Promise.all(people.map(({ hub }) => hub.close()))) }
}
