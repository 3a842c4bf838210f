import type { z } from 'zod'
import type { sharedVariables } from './variables.ts'

export type S3Store = {
  readonly endpoint: string
  /** Where browsers reach it, if elsewhere. */
  readonly publicEndpoint: string | undefined
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly pathStyle: boolean
}

/** Which stores are servers of their own; null: embedded, in the data folder. */
export type Stores = {
  readonly mysql: string | null
  readonly mongo: string | null
  readonly s3: S3Store | null
}

export const embeddedStores: Stores = Object.freeze({ mysql: null, mongo: null, s3: null })

const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

/** Faults of an S3 server that was configured by half: blobs would silently go to the data folder. */
export function halfStores(given: Readonly<Record<string, unknown>>): string[] {
  const missing = needed.filter((name) => given[name] === undefined)
  const some = Object.keys(given).some((name) => name.startsWith('S3_'))
  return some ? missing.map((name) => `  ${name}: is needed too when another S3 setting is given`) : []
}

export function storesOf(v: z.output<z.ZodObject<typeof sharedVariables>>): Stores {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = v
  const s3 =
    S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
      ? Object.freeze({
          endpoint: S3_ENDPOINT,
          publicEndpoint: v.S3_PUBLIC_ENDPOINT,
          region: v.S3_REGION,
          bucket: S3_BUCKET,
          accessKeyId: S3_ACCESS_KEY_ID,
          secretAccessKey: S3_SECRET_ACCESS_KEY,
          pathStyle: v.S3_PATH_STYLE,
        })
      : null
  return Object.freeze({ mysql: v.MYSQL_URL ?? null, mongo: v.MONGO_URL ?? null, s3 })
}
