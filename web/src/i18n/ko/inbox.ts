import type en from '../en/inbox.ts'
import type { Texts } from '../texts.ts'

export default {
  title: '알림',
  open: '알림, 새 알림 없음',
  openNew_other: '알림, 새 알림 {{count}}개',
  empty: '아직 알림이 없어요',
  emptyText: '친구 요청, 초대, 언급, 경고가 여기에 모여요.',
  older: '이전 알림 보기',
  fresh: '새 알림',
  kind: {
    warned: '{{roomName}}에서 경고를 받았어요',
    removed: { kicked: '{{roomName}}에서 내보내졌어요', banned: '{{roomName}}에서 차단되었어요' },
    mentioned: '{{by}} 님이 {{roomName}}에서 회원님을 언급했어요',
    roomEnded: '방장이 {{roomName}} 방을 끝냈어요',
    screenAsked: '{{byName}} 님이 화면 공유를 요청했어요',
    friendAsked: '{{byName}} 님이 친구가 되고 싶어 해요',
    friendAccepted: '{{byName}} 님과 친구가 되었어요',
    other: '이 버전에서 보여 줄 수 없는 알림이에요. 페이지를 새로 고쳐 주세요.',
  },
} satisfies Texts<typeof en>
