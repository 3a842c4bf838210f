import en from '../../src/i18n/en/passkeys.ts'
import ko from '../../src/i18n/ko/passkeys.ts'
import type { Person } from '../testing/Person.ts'
import { addsPasskey, passkeyDevice, signsOut } from '../testing/passkeyDevice.ts'
import { bothOf } from '../testing/texts.ts'
import type { Scene, Stage } from './Scene.ts'

const textsOf = ({ options }: Stage) => bothOf({ ko, en })[options.locale ?? 'en']
const holders = new WeakMap<Stage, Promise<Person>>()

/** Somebody with a passkey, at the machine's name: passkeys need one. */
function holder(stage: Stage): Promise<Person> {
  const made = async () => {
    const person = await stage.house.person(stage.words.newcomer, { ...stage.options, atLocalhost: true })
    await person.signUp()
    const finger = await passkeyDevice(person.page)
    await addsPasskey(person, stage.words.topic, textsOf(stage))
    // A device that answered by itself would leave the sign-in at once.
    await finger.quiet(true)
    return person
  }
  const known = holders.get(stage) ?? made()
  holders.set(stage, known)
  return known
}

export const passkeyScenes: readonly Scene[] = [
  {
    name: 'passkeys',
    async show(stage) {
      const person = await holder(stage)
      await person.open('/settings/security')
      await person.sees(stage.words.topic)
      return person.page
    },
    tall: true,
  },
  {
    name: 'passkey-add',
    async show(stage) {
      const person = await holder(stage)
      const t = textsOf(stage)
      await person.open('/settings/security')
      await person.button(t.add).click()
      await person.page.getByRole('dialog').getByLabel(t.name, { exact: true }).waitFor()
      return person.page
    },
  },
  {
    name: 'passkey-remove',
    async show(stage) {
      const person = await holder(stage)
      const t = textsOf(stage)
      await person.open('/settings/security')
      await person.button(t.remove.replace('{{name}}', stage.words.topic)).click()
      await person.page.getByRole('dialog').getByRole('button', { name: t.removeIt }).waitFor()
      return person.page
    },
  },
  {
    name: 'sign-in-passkey',
    async show(stage) {
      const person = await holder(stage)
      await signsOut(person)
      await person.open('/sign-in')
      await person.button(textsOf(stage).with).waitFor()
      return person.page
    },
  },
]
