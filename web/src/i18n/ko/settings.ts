import type en from '../en/settings.ts'
import type { Texts } from '../texts.ts'

export default {
  title: '설정',
  profile: '프로필',
  name: '이름',
  handle: '아이디',
  email: '이메일',
  timeZone: '시간대',
  dayStart: '하루의 시작',
  dayStartHint: '자정을 넘긴 공부도 전날 저녁에 포함돼요.',
  look: '언어와 화면',
  language: '언어',
  theme: '테마',
  themes: { auto: '시스템과 같게', light: '밝게', dark: '어둡게' },
  ring: '단계가 바뀌면 부드럽게 알리기',
  ringHint: '이 기기에서만 소리가 나요.',
  account: '계정',
  signOutHint: '이 기기의 자리와 연결이 바로 끝나요.',
  signedOut: '로그인하면 프로필을 바꿀 수 있어요.',
} satisfies Texts<typeof en>
