import { chance } from './chance.ts'

export const SEED = 'studyhub-demo-1'
export const PEOPLE = 200
export const PASSWORD = 'study-demo-1!'

const families = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오', '서', '신']
const given = [
  '민아',
  '준호',
  '서연',
  '도윤',
  '하은',
  '지우',
  '유진',
  '태오',
  '수빈',
  '현우',
  '나래',
  '은채',
  '시우',
  '예린',
  '건우',
  '다인',
]
const first = ['Maya', 'Tom', 'Priya', 'Lucas', 'Anna', 'Sam', 'Ines', 'Wei', 'Omar', 'Julia', 'Noah', 'Leila']
const last = ['Chen', 'Becker', 'Nair', 'Silva', 'Kowalska', 'Duarte', 'Haddad', 'Berg', 'Rossi', 'Tanaka']
const elsewhere = ['America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Sydney', 'America/Sao_Paulo']

export type Player = {
  readonly index: number
  readonly name: string
  readonly handle: string
  readonly email: string
  readonly timeZone: string
  readonly locale: 'ko' | 'en'
  /** How likely a day is one of study. */
  readonly diligence: number
  /** Hours on a usual day of study. */
  readonly stamina: number
}

/** The people of the demo; the first is the one to sign in as. */
export const cast: readonly Player[] = Array.from({ length: PEOPLE }, (_, index) => player(index))

function player(index: number): Player {
  const next = chance(SEED, 'player', index)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const abroad = index > 0 && next() < 0.2
  const facts = { index, handle: index === 0 ? 'demo' : `demo${index}`, email: `demo${index || ''}@demo.example` }
  return {
    ...facts,
    name: index === 0 ? '한나래' : abroad ? `${pick(first)} ${pick(last)}` : `${pick(families)}${pick(given)}`,
    timeZone: abroad ? pick(elsewhere) : 'Asia/Seoul',
    locale: abroad ? 'en' : 'ko',
    diligence: index === 0 ? 0.86 : 0.25 + next() * 0.7,
    stamina: index === 0 ? 3 : 0.6 + next() * next() * 7,
  }
}
