import type en from '../en/accounts.ts'
import type { Texts } from '../texts.ts'

export default {
  signInTitle: '다시 만나서 반가워요',
  signUpTitle: '자리에 앉아 볼까요',
  signUpText: '1분이면 함께 공부할 수 있어요.',
  email: '이메일',
  password: '비밀번호',
  name: '이름',
  handle: '아이디',
  handleHint: '다른 사람이 찾을 때 쓰는 이름이에요. 글자, 숫자, 점, 밑줄.',
  nameHint: '책상 위에 보이는 이름이에요.',
  passwordHint: '글자, 숫자, 특수문자를 모두 넣어 8자 이상.',
  noAccount: '처음이신가요?',
  haveAccount: '이미 계정이 있나요?',
  createAccount: '계정 만들기',
  free: '쓸 수 있어요',
  taken: {
    email: '이 이메일로 만든 계정이 있어요. 로그인하세요.',
    handle: '이미 누가 쓰고 있어요. 다른 아이디를 골라 보세요.',
  },
  wrong: {
    email: 'name@example.com 같은 이메일 주소를 입력하세요.',
    password: '글자, 숫자, !나 ? 같은 특수문자를 모두 넣어 8자 이상 입력하세요.',
    name: '한 줄로 1~30자를 입력하세요.',
    handle: '글자나 숫자 2~20자. 점과 밑줄은 사이에만 쓸 수 있어요.',
    empty: '비워 둘 수 없어요.',
  },
} satisfies Texts<typeof en>
