/** One mail, written out. `html` says the same as `text`. */
export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Hands mails over. Whatever half is behind it, nothing of a mail but its size and place may reach a log. */
export interface Mailer {
  /** Resolves when the mail was taken: by the mail server, or by the disk. Rejects if it was not. */
  send(mail: Mail): Promise<void>
  /** Where mails lie that go nowhere: absolute path of a folder. Null: they are really sent. */
  readonly folder: string | null
  close(): Promise<void>
}
