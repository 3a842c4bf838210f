import type en from '../en/presence.ts'
import type { Texts } from '../texts.ts'

export default {
  title: '접속 상태',
  state: { online: '온라인', away: '자리 비움', dnd: '방해 금지', offline: '오프라인' },
  choice: { online: '온라인', away: '자리 비움', dnd: '방해 금지', invisible: '보이지 않기' },
  hint: {
    online: '친구와 그룹 멤버에게 지금 있는 곳이 보여요. 5분 동안 움직임이 없으면 자리 비움이 돼요.',
    away: '무엇을 하든 자리 비움으로 보여요.',
    dnd: '짧은 알림이 뜨지 않고 알림 목록에 쌓여요. 경고는 그대로 보여요.',
    invisible: '모두에게 오프라인으로 보여요. 공개 방에서는 멤버 목록에 그대로 있어요.',
  },
  friendsHere: '지금 있는 친구',
  inLobby: '로비에 있음',
  lastSeen: '마지막 접속: {{when}}',
} satisfies Texts<typeof en>
