import { expect, test } from 'vitest'
import type { Mail } from './Mailer.ts'
import { createPostman } from './postman.ts'

const mail = (to: string): Mail => ({ to, subject: 's', text: 't', html: 'h' })

test('MAIL-2: a mail that fails is tried again, three times in all; then it is told, and others go on', async () => {
  const sent: string[] = []
  const failed: unknown[] = []
  let tries = 0
  const mailer = {
    async send({ to }: Mail) {
      tries++
      if (to === 'broken' || (to === 'late' && tries < 3)) throw new Error('no')
      sent.push(to)
    },
  }
  const postman = createPostman(mailer, { failed: (error) => failed.push(error), againMs: [1, 1] })
  postman.post(async () => mail('late'))
  await postman.idle()
  expect([sent, tries]).toEqual([['late'], 3])
  postman.post(async () => mail('broken'))
  postman.post(async () => mail('fine'))
  await postman.idle()
  expect([sent, failed.length, tries]).toEqual([['late', 'fine'], 1, 7])
})

test('MAIL-4: nothing is looked up or written before the caller goes on; null sends nothing', async () => {
  const steps: string[] = []
  const postman = createPostman({ send: async () => void steps.push('sent') }, { failed: () => {} })
  postman.post(async () => {
    steps.push('looked up')
    return null
  })
  await Promise.resolve()
  steps.push('answered')
  await postman.idle()
  expect(steps).toEqual(['answered', 'looked up'])
})
