import { expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import { personalJobs } from './personalJobs.ts'

export function personalJobsContract(open: OpenDatabase): void {
  const asked = { id: 'j1', user: 'ana', kind: 'export', at: 10 } as const

  test('STORE-90: a person has one job of a kind under way, whoever asks how often', async () => {
    const jobs = personalJobs(await open())
    const ids = ['j1', 'j2', 'j3']
    const all = await Promise.all(ids.map((id) => jobs.ask({ ...asked, id })))
    expect(new Set(all.map((job) => job.id)).size).toBe(1)
    expect((await jobs.ask({ ...asked, id: 'e1', kind: 'erase', at: 11 })).id).toBe('e1')
    const first = await jobs.claim('w', 20, 100)
    await jobs.finish(first?.id ?? '', 'w', 30, null)
    expect((await jobs.ask({ ...asked, id: 'j9', at: 40 })).id).toBe('j9')
    expect((await jobs.newest('ana', 'export'))?.id).toBe('j9')
  })

  test('STORE-91: of several workers one gets a job; after its lease another does, and the first is told', async () => {
    const jobs = personalJobs(await open())
    await jobs.ask(asked)
    const claims = await Promise.all(['a', 'b', 'c'].map((worker) => jobs.claim(worker, 20, 100)))
    expect(claims.filter((job) => job !== null)).toHaveLength(1)
    const holder = ['a', 'b', 'c'][claims.findIndex((job) => job !== null)] as string
    expect(await jobs.progress('j1', holder, { done: 1, total: 3, leaseUntil: 200 })).toBe(true)
    expect(await jobs.claim('late', 199, 100)).toBeNull()
    expect(await jobs.claim('late', 200, 100)).toMatchObject({ id: 'j1', attempts: 2 })
    expect(await jobs.progress('j1', holder, { done: 2, total: 3, leaseUntil: 300 })).toBe(false)
    expect(await jobs.finish('j1', holder, 210, { blob: 'export/x', bytes: 1, keptUntil: 999 })).toBe(false)
    expect(await jobs.finish('j1', 'late', 220, { blob: 'export/y', bytes: 2, keptUntil: 500 })).toBe(true)
    expect(await jobs.newest('ana', 'export')).toMatchObject({ state: 'done', file: { blob: 'export/y', bytes: 2 } })
  })

  test('STORE-92: a failed job waits and comes again, or ends; what is over is told for sweeping', async () => {
    const jobs = personalJobs(await open())
    await jobs.ask(asked)
    await jobs.claim('w', 20, 100)
    await jobs.fail('j1', 'w', 30, 90)
    expect(await jobs.claim('w', 89, 100)).toBeNull()
    expect((await jobs.claim('w', 90, 100))?.attempts).toBe(2)
    await jobs.finish('j1', 'w', 95, { blob: 'export/x', bytes: 1, keptUntil: 500 })
    expect(await jobs.over(499, 50, 10)).toEqual([])
    expect((await jobs.over(500, 50, 10)).map((job) => job.id)).toEqual(['j1'])
    expect((await jobs.over(100, 96, 10)).map((job) => job.id)).toEqual(['j1'])
    await jobs.remove('j1')
    expect(await jobs.newest('ana', 'export')).toBeNull()
  })
}
