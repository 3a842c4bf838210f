import type en from '../en/study.ts'
import type { Texts } from '../texts.ts'

export default {
  title: '내 공부',
  today: '오늘',
  day: '나의 하루는 {{from}}부터 {{to}}까지예요.',
  bandLabel: '{{from}}부터 {{to}}까지 나의 하루, {{total}} 공부함',
  from: '시작',
  to: '끝',
  length: '길이',
  emptyText: '방에 앉아 “공부 시작”을 눌러 보세요. 공부한 시간이 여기에 보여요.',
  signedOut: '로그인하면 공부 시간을 볼 수 있어요.',
  now: '지금',
} satisfies Texts<typeof en>
