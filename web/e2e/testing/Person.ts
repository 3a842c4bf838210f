import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { mailedCode } from '#client/testing/mailFolder.ts'
import type { CodeAnswer } from '#schemas/api/accounts.ts'
import { eventually } from './eventually.ts'
import { fill, type Texts, texts } from './texts.ts'
import { watchFaults } from './watchFaults.ts'

export type PersonOptions = {
  readonly locale?: 'ko' | 'en'
  readonly width?: number
  readonly height?: number
  readonly touch?: boolean
  readonly dark?: boolean
  /** Behind the network that a test can cut. */
  readonly breakable?: boolean
  /** By the machine's name: passkeys need one. */
  readonly atLocalhost?: boolean
}
export const PASSWORD = 'Desk-lamp-7!'
let count = 0

/** One human being with a browser, and what such a one does on StudyHub's screens. */
export class Person {
  readonly name: string
  readonly handle: string
  readonly email: string
  readonly locale: 'ko' | 'en'
  readonly t: Texts
  readonly context: BrowserContext
  readonly page: Page
  readonly url: string
  readonly faults: string[] = []

  private constructor(context: BrowserContext, page: Page, url: string, name: string, locale: 'ko' | 'en') {
    count++
    this.context = context
    this.page = page
    this.url = url
    this.name = name
    this.handle = `h${count}.${Date.now().toString(36)}`
    this.email = `${this.handle}@example.com`
    this.locale = locale
    this.t = texts[locale]
    watchFaults(page, name, this.faults)
  }

  static async arrive(browser: Browser, url: string, name: string, options: PersonOptions): Promise<Person> {
    const locale = options.locale ?? 'en'
    const context = await browser.newContext({
      locale: locale === 'ko' ? 'ko-KR' : 'en-US',
      timezoneId: 'Asia/Seoul',
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.dark ? 'dark' : 'light',
      hasTouch: options.touch ?? false,
      isMobile: options.touch ?? false,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    context.setDefaultTimeout(40_000)
    return new Person(context, await context.newPage(), url, name, locale)
  }

  async close(): Promise<void> {
    await this.context.close()
  }

  /** Another tab of the same browser. */
  async anotherTab(path: string): Promise<Page> {
    const page = await this.context.newPage()
    watchFaults(page, `${this.name}, second tab`, this.faults)
    await page.goto(this.url + path)
    return page
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path)
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor()
  }

  // Accounts

  /** As the form does it, without it: it costs seconds. Resolves at `next`; for tests that are about something else. */
  async signUp(next = '/'): Promise<void> {
    const { email, name, handle, locale, t } = this
    const { mailFolder = '' } = await this.#posts<CodeAnswer>('/api/accounts/codes', { email, purpose: 'sign-up' })
    const code = await mailedCode(mailFolder, email)
    const account = { email, code, password: PASSWORD, name, handle, timeZone: 'Asia/Seoul', locale }
    await this.#posts('/api/accounts/sign-up', account)
    await this.open(next)
    const bell = new RegExp(`^${t.inbox.open.split(',')[0]}`)
    if (next === '/') await this.page.getByRole('button', { name: bell }).waitFor()
  }

  async #posts<T>(path: string, data: object): Promise<T> {
    const answer = await this.page.request.post(this.url + path, { data, headers: { origin: this.url } })
    if (!answer.ok()) throw new Error(`${this.name} POST ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }

  async signUpByForm(path = '/sign-up'): Promise<void> {
    await this.open(path)
    await this.sendSignUp()
    await this.enterCode()
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-'))
  }

  /** On the page for it: fills the form and asks for the code. */
  async sendSignUp(): Promise<void> {
    const { page, t } = this
    await page.getByLabel(t.accounts.email, { exact: true }).fill(this.email)
    await page.getByLabel(t.accounts.name, { exact: true }).fill(this.name)
    await page.getByLabel(t.accounts.handle, { exact: true }).fill(this.handle)
    await page.getByLabel(t.accounts.password, { exact: true }).fill(PASSWORD)
    await this.button(t.accounts.sendCode).click()
  }

  /** On the page for it: fills the form and sends it; what comes then depends on the account. */
  async sendSignIn(email: string, password = PASSWORD): Promise<void> {
    const { page, t } = this
    await page.getByLabel(t.accounts.email, { exact: true }).fill(email)
    await page.getByLabel(t.accounts.password, { exact: true }).fill(password)
    await this.button(t.common.signIn).click()
  }

  /** Enters the code of the newest mail, from the folder that the page names; its last character sends the form. */
  async enterCode(count = 1): Promise<void> {
    const { page, t } = this
    const folder = await page.locator('code').innerText()
    const code = await mailedCode(folder, this.email, count)
    await page.getByRole('group', { name: t.accounts.code }).getByRole('textbox').first().focus()
    await page.keyboard.type(code)
  }

  // Lobby and room

  /** From the lobby; resolves with the room's id once one sits in it. */
  async openRoom(name: string): Promise<string> {
    const { page, t } = this
    await this.button(t.lobby.create).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t.lobby.dialog.name, { exact: true }).fill(name)
    await dialog.getByRole('button', { name: t.lobby.dialog.submit }).click()
    await this.isIn(name)
    return this.roomId()
  }

  roomId(): string {
    const id = /\/rooms\/([^/?]+)/.exec(this.page.url())?.[1]
    if (!id) throw new Error(`no room at ${this.page.url()}`)
    return id
  }

  async sitDown(room: string): Promise<void> {
    await this.card(room).click()
    await this.isIn(room)
  }

  card(room: string): Locator {
    return this.page.getByRole('main').getByRole('link', { name: new RegExp(`^${RegExp.escape(room)} `) })
  }

  async isIn(room: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: room, exact: true }).waitFor()
  }

  /** Leaves the room; resolves in the lobby. */
  async leave(): Promise<void> {
    await this.button(this.t.common.leave).click()
    await this.page.waitForURL((url) => url.pathname === '/')
  }

  desk(name: string): Locator {
    const desks = this.page.getByRole('region', { name: this.t.room.desks.label })
    return desks.getByRole('button').filter({ hasText: name })
  }

  async deskShows(name: string, state: keyof Texts['room']['desks']['state']): Promise<void> {
    await this.desk(name).filter({ hasText: this.t.room.desks.state[state] }).waitFor()
  }

  tab(name: 'chat' | 'people'): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${this.t.room.tabs[name]}`) })
  }

  // Chat

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: this.t.room.chat.write })
  }

  async says(...messages: string[]): Promise<void> {
    for (const text of messages) {
      await this.composer.fill(text)
      await this.composer.press('Enter')
      await this.message(text).waitFor()
    }
  }

  get log(): Locator {
    return this.page.getByRole('log')
  }

  /** The message with exactly this text; one that only quotes it is another. */
  message(text: string): Locator {
    return this.log.getByRole('article').filter({ has: this.page.getByText(text, { exact: true }) })
  }

  /** Those of the given messages that stand on the screen, in its order; one that stands twice comes twice. */
  async standing(messages: readonly string[]): Promise<string[]> {
    const lines = await this.log.getByRole('article').allInnerTexts()
    return lines.flatMap((line) => messages.filter((text) => line.split('\n').some((part) => part.startsWith(text))))
  }

  async readsInOrder(...messages: string[]): Promise<void> {
    await eventually(() => this.standing(messages), messages)
  }

  /** Nothing of this person's is on its way any more: every message is stored. */
  async allStored(): Promise<void> {
    const { sending, sent } = this.t.room.chat
    const underway = this.log.getByRole('status').filter({ hasText: new RegExp(`${sending}|${sent}`) })
    await eventually(() => underway.count(), 0)
  }

  async tool(text: string, name: keyof Texts['room']['chat']): Promise<void> {
    const message = this.message(text)
    await message.hover()
    const direct = message.getByRole('button', { name: this.t.room.chat[name], exact: true })
    if ((await direct.count()) > 0) await direct.click()
    else {
      await message.getByRole('button', { name: this.t.room.chat.more }).click()
      await this.page.getByRole('menuitem', { name: this.t.room.chat[name], exact: true }).click()
    }
  }

  // Moderation

  async warn(name: string, reason: string): Promise<void> {
    const { page, t } = this
    await this.desk(name).click()
    await page.getByRole('menuitem', { name: t.room.acts.warn, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: fill(t.room.acts.confirmWarn, { name }) })
    await dialog.getByLabel(t.room.acts.reason).fill(reason)
    await dialog.getByRole('button', { name: t.room.acts.warn, exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
}
