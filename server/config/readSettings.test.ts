import { describe, expect, test } from 'vitest'
import { readSettings } from './readSettings.ts'

const messageOf = (env: Record<string, string>): string => {
  try {
    readSettings(env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('settings', () => {
  test('SERVER-1: without any variable the defaults hold, frozen', () => {
    const settings = readSettings({})
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 2567, dev: false, logLevel: 'info', drainMs: 10_000 })
    expect(Object.isFrozen(settings)).toBe(true)
    expect(readSettings({ PORT: '' }).port).toBe(2567)
  })

  test('SERVER-1: all faults are told at once, by variable', () => {
    const message = messageOf({ PORT: '70000', ORIGIN: 'https://a.example/path', LOG_LEVEL: 'loud', SECRET: 'short' })
    for (const name of ['PORT', 'ORIGIN', 'LOG_LEVEL', 'SECRET'])
      expect(message).toMatch(new RegExp(`^ {2}${name}: `, 'm'))
    expect(message).not.toContain('short')
  })

  test('SERVER-2: settings of a cluster are refused, not ignored', () => {
    const message = messageOf({ REDIS_URL: 'redis://user:pw@h', KAFKA_BROKERS: 'k:9092' })
    expect(message).toContain('REDIS_URL: this release runs as one process')
    expect(message).toContain('KAFKA_BROKERS: ')
    expect(message).not.toContain('pw')
  })

  test('SERVER-41: each store is chosen by itself; a URL has to name a database, S3 to be whole', () => {
    expect(readSettings({}).stores).toEqual({ mysql: null, mongo: null, s3: null })
    const mysql = 'mysql://user:pw@db.example.org:3306/studyhub'
    expect(readSettings({ MYSQL_URL: mysql }).stores).toEqual({ mysql, mongo: null, s3: null })
    const s3 = {
      S3_ENDPOINT: 'https://s3.example.org',
      S3_BUCKET: 'study',
      S3_ACCESS_KEY_ID: 'key',
      S3_SECRET_ACCESS_KEY: 'very secret',
    }
    expect(readSettings(s3).stores.s3).toMatchObject({ region: 'us-east-1', pathStyle: true, bucket: 'study' })
    const message = messageOf({
      ...{ MYSQL_URL: 'mysql://user:hidden@db', MONGO_URL: 'http://db/studyhub' },
      ...{ S3_ENDPOINT: 'https://s3.example.org', S3_SECRET_ACCESS_KEY: 'hidden' },
    })
    for (const name of ['MYSQL_URL', 'MONGO_URL', 'S3_BUCKET', 'S3_ACCESS_KEY_ID'])
      expect(message).toMatch(new RegExp(`^ {2}${name}: `, 'm'))
    expect(message).not.toContain('hidden')
  })

  test('SERVER-1: several further origins', () => {
    expect(readSettings({ ALLOWED_ORIGINS: 'https://a.example, http://b.example:81' }).allowedOrigins).toEqual([
      'https://a.example',
      'http://b.example:81',
    ])
    expect(messageOf({ ALLOWED_ORIGINS: 'https://a.example,b.example' })).toContain('ALLOWED_ORIGINS')
  })
})
