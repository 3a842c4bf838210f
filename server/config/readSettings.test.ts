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

  test('SERVER-2: who is told to share the ledger or the log has to share everything, and hears all that is missing at once', () => {
    const message = messageOf({ REDIS_URL: 'redis://user:hidden@h', MYSQL_URL: 'mysql://user:hidden@h/studyhub' })
    const missing = ['KAFKA_BROKERS', 'MONGO_URL', 'S3_ENDPOINT', 'S3_BUCKET', 'SECRET', 'ORIGIN', 'PUBLIC_ADDRESS']
    for (const name of missing) expect(message).toMatch(new RegExp(`^ {2}${name}: is needed too`, 'm'))
    expect(message).not.toMatch(/MYSQL_URL|REDIS_URL|hidden/)
    expect(messageOf({ KAFKA_BROKERS: 'k:9092' })).toContain('REDIS_URL: is needed too')
    expect(messageOf({ REDIS_CLUSTER: 'a:1,b:2' })).toContain('REDIS_URL: is needed too')
  })

  test('SERVER-2: a whole cluster', () => {
    const env = {
      ...{ REDIS_URL: 'rediss://h', REDIS_CLUSTER: 'a:6379, b:6379', KAFKA_BROKERS: 'a:9092,b:9092', KAFKA_TLS: '1' },
      ...{
        KAFKA_USERNAME: 'hub',
        KAFKA_PASSWORD: 'hidden',
        KAFKA_MECHANISM: 'scram-sha-512',
        KAFKA_RETENTION_HOURS: '1',
      },
      ...{ MYSQL_URL: 'mysql://h/studyhub', MONGO_URL: 'mongodb://h/studyhub', S3_ENDPOINT: 'https://s3.example.org' },
      ...{ S3_BUCKET: 'study', S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'hidden', ORIGIN: 'https://a.example' },
      ...{ SECRET: 's'.repeat(32), PUBLIC_ADDRESS: 'a.example:8443/n/a' },
    }
    expect(readSettings(env).cluster).toMatchObject({
      redis: { url: 'rediss://h', cluster: 'a:6379,b:6379' },
      prefix: 'studyhub:',
      kafka: {
        brokers: ['a:9092', 'b:9092'],
        sasl: { username: 'hub', password: 'hidden', mechanism: 'scram-sha-512' },
        ...{ tls: true, replicas: 3, partitions: 12, retentionMs: 3_600_000 },
      },
      publicAddress: 'a.example:8443/n/a',
    })
    expect(readSettings({}).cluster).toBeNull()
    const message = messageOf({ ...env, PUBLIC_ADDRESS: 'https://a.example', KAFKA_PASSWORD: '', KAFKA_CA: '/no/such' })
    for (const name of ['PUBLIC_ADDRESS', 'KAFKA_PASSWORD', 'KAFKA_CA'])
      expect(message).toMatch(new RegExp(`^ {2}${name}: `, 'm'))
    expect(message).not.toContain('hidden')
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
