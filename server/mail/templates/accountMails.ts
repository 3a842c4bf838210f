import type { Locale } from '#schemas/limits.ts'
import type { Mail } from '../Mailer.ts'
import { letter } from './letter.ts'

type Coded = { readonly to: string; readonly locale: Locale; readonly code: string; readonly minutes: number }
type Plain = Omit<Coded, 'code' | 'minutes'>

/** To an address without an account: the code that makes one. */
export const signUpMail = ({ to, locale, code, minutes }: Coded): Mail =>
  letter(to, {
    locale,
    code,
    ...{
      ko: {
        subject: 'StudyHub 가입 코드',
        first: ['StudyHub 계정을 만들 때 입력할 코드예요.'],
        after: [
          `${minutes}분 동안 한 번만 쓸 수 있어요. 아무에게도 알려 주지 마세요.`,
          '가입하려던 게 아니라면 이 메일은 무시하세요. 계정은 만들어지지 않아요.',
        ],
      },
      en: {
        subject: 'Your StudyHub sign-up code',
        first: ['Enter this code to create your StudyHub account.'],
        after: [
          `It works once, for ${minutes} minutes. Do not share it with anybody.`,
          'If you did not ask for it, ignore this mail: no account will be made.',
        ],
      },
    }[locale],
  })

/** To the owner of an account whose address somebody tried to sign up with. */
export const alreadyMemberMail = ({ to, locale }: Plain): Mail =>
  letter(to, {
    locale,
    ...{
      ko: {
        subject: '이 이메일로 만든 StudyHub 계정이 있어요',
        first: ['방금 이 이메일로 StudyHub에 가입하려는 요청이 있었는데, 이미 계정이 있어요.'],
        after: [
          '본인이라면 로그인하세요. 비밀번호가 기억나지 않으면 로그인 화면에서 재설정할 수 있어요.',
          '본인이 아니라면 아무것도 하지 않아도 돼요. 계정에는 아무 변화가 없어요.',
        ],
      },
      en: {
        subject: 'You already have a StudyHub account',
        first: ['Somebody just asked to sign up for StudyHub with this address, but it has an account already.'],
        after: [
          'If it was you, sign in; if you forgot your password, the sign-in page lets you set a new one.',
          'If it was not you, there is nothing to do: your account is as it was.',
        ],
      },
    }[locale],
  })

/** To the owner of an account who forgot his password. */
export const resetMail = ({ to, locale, code, minutes }: Coded): Mail =>
  letter(to, {
    locale,
    code,
    ...{
      ko: {
        subject: 'StudyHub 비밀번호 재설정 코드',
        first: ['새 비밀번호를 정할 때 입력할 코드예요.'],
        after: [
          `${minutes}분 동안 한 번만 쓸 수 있어요. 아무에게도 알려 주지 마세요.`,
          '요청한 적이 없다면 이 메일은 무시하세요. 비밀번호는 바뀌지 않아요.',
        ],
      },
      en: {
        subject: 'Your StudyHub password reset code',
        first: ['Enter this code to choose a new password.'],
        after: [
          `It works once, for ${minutes} minutes. Do not share it with anybody.`,
          'If you did not ask for it, ignore this mail: your password stays as it is.',
        ],
      },
    }[locale],
  })

/** After every change of the password: its owner has to know. */
export const passwordChangedMail = ({ to, locale }: Plain): Mail =>
  letter(to, {
    locale,
    ...{
      ko: {
        subject: 'StudyHub 비밀번호가 바뀌었어요',
        first: ['방금 계정의 비밀번호가 바뀌었고, 다른 기기에서는 로그아웃되었어요.'],
        after: ['본인이 아니라면 로그인 화면에서 바로 비밀번호를 재설정하세요.'],
      },
      en: {
        subject: 'Your StudyHub password was changed',
        first: ['The password of your account was just changed, and other devices were signed out.'],
        after: ['If it was not you, set a new password from the sign-in page at once.'],
      },
    }[locale],
  })

/** After a passkey was added: whoever did not do it himself has to know. */
export const passkeyAddedMail = ({ to, locale }: Plain): Mail =>
  letter(to, {
    locale,
    ...{
      ko: {
        subject: 'StudyHub 계정에 패스키가 추가되었어요',
        first: ['방금 계정에 패스키가 추가되었어요. 이제 이 패스키로 비밀번호 없이 로그인할 수 있어요.'],
        after: ['본인이 아니라면 보안 설정에서 그 패스키를 지우고 비밀번호를 바꾸세요.'],
      },
      en: {
        subject: 'A passkey was added to your StudyHub account',
        first: ['A passkey was just added to your account: whoever has it signs in without a password.'],
        after: ['If it was not you, remove it in the security settings and change your password.'],
      },
    }[locale],
  })
