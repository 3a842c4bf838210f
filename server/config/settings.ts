import { z } from 'zod'

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((v) => v === '1')
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

/** `https://host[:port]` without path, as browsers send it in the Origin header. */
const origin = z.string().refine(isOrigin, 'must look like https://study.example.org, without a path')

const origins = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(z.array(origin))

const id = z.string().min(1).max(300)

/** A server's URL with the name of the database as its path. */
const storeUrl = (protocols: readonly string[], example: string) =>
  z
    .string()
    .max(2048)
    .refine((value) => namesDatabase(value, protocols), `must look like ${example}`)

const webAddress = z
  .string()
  .max(300)
  .refine(isWebAddress, 'must look like https://s3.example.org or http://127.0.0.1:9000')

/** Every variable the server reads: what it may be and what it is when absent. */
export const variables = z.object({
  /** Address to listen on; 0.0.0.0 is every interface. */
  HOST: z.string().min(1).max(255).default('127.0.0.1'),
  /** 0: any free port. */
  PORT: whole(0, 65_535).default(2567),
  /** Folder that keeps everything; created when absent. */
  DATA: z.string().min(1).default('./data'),
  /** Where browsers find us, if not at http://HOST:PORT. */
  ORIGIN: origin.optional(),
  /** Further origins whose pages may call us, separated by commas. */
  ALLOWED_ORIGINS: origins.default([]),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  /** Signs sessions; when absent one is made once and kept in DATA. */
  SECRET: z.string().min(32, 'must have at least 32 characters').max(512).optional(),
  /** Header that our own proxy sets to the client's address (rate limits); without it the socket's address counts. */
  CLIENT_ADDRESS_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be a header name such as x-real-ip')
    .transform((v) => v.toLowerCase())
    .optional(),
  /** Mail server; without one mails go into a folder and nobody gets them. */
  SMTP_URL: z
    .string()
    .max(1024)
    .refine(isSmtpUrl, 'must look like smtp://user:password@mail.example.org:587 or smtps://…')
    .optional(),
  /** Sender of our mails: an address, or a name and an address. */
  MAIL_FROM: z
    .string()
    .max(320)
    .regex(
      /^(?:[^<>@\p{Cc}]{0,100}<[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+>|[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+)$/u,
      'must look like StudyHub <no-reply@study.example.org>',
    )
    .optional(),
  /** Bytes that may wait for one slow reader before it is dropped. */
  BUFFER_CAP: whole(64 * 1024, 1024 * 1024 * 1024).default(4 * 1024 * 1024),
  /** Longest drain at a stop. */
  DRAIN_SECONDS: whole(1, 600).default(10),
  /** Multiplies the limits of sign-up and sign-in tries; load tests need more from one address. */
  RATE_FACTOR: whole(1, 100_000).default(1),
  /** How many study groups a person may be in, led or joined. */
  GROUPS_PER_PERSON: whole(1, 1000).default(5),
  /** Ways to sign in beside the password, all off by default. An authenticator app may be set up: */
  SECOND_FACTOR: flag.default(false),
  /** Passkeys: who has one signs in without a password. They belong to a name: the host of ORIGIN, or a parent of it that is given here; */
  PASSKEYS: flag.default(false),
  PASSKEY_RP_ID: z
    .string()
    .max(253)
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'must be a host name such as study.example.org')
    .optional(),
  /** and only pages at ORIGIN, or at these addresses (separated by commas) in its place, may use them. */
  PASSKEY_ORIGINS: origins.default([]),
  /** Providers: each is on when it has both id and secret. Their callback is ORIGIN/api/accounts/callback/NAME. */
  GOOGLE_CLIENT_ID: id.optional(),
  GOOGLE_CLIENT_SECRET: id.optional(),
  KAKAO_CLIENT_ID: id.optional(),
  KAKAO_CLIENT_SECRET: id.optional(),
  NAVER_CLIENT_ID: id.optional(),
  NAVER_CLIENT_SECRET: id.optional(),
  /** Any OpenID provider, by its issuer, for example of a school; OIDC_NAME is what the button says. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: id.optional(),
  OIDC_CLIENT_SECRET: id.optional(),
  OIDC_NAME: z.string().min(1).max(40).default('OpenID'),
  /** Stores that are servers of their own; without them the data folder keeps all. */
  MYSQL_URL: storeUrl(['mysql:'], 'mysql://user:password@db.example.org:3306/studyhub').optional(),
  MONGO_URL: storeUrl(['mongodb:', 'mongodb+srv:'], 'mongodb://user:password@db.example.org/studyhub').optional(),
  S3_ENDPOINT: webAddress.optional(),
  /** Where browsers reach the same server, if elsewhere. */
  S3_PUBLIC_ENDPOINT: webAddress.optional(),
  S3_BUCKET: z.string().min(3).max(63).optional(),
  S3_REGION: z.string().min(1).max(63).default('us-east-1'),
  S3_ACCESS_KEY_ID: id.optional(),
  S3_SECRET_ACCESS_KEY: id.optional(),
  /** 1: the bucket is in the path; 0: in the host name, as Amazon wants it. */
  S3_PATH_STYLE: flag.default(true),
  /** Development: Vite serves web/ with reload. */
  STUDYHUB_DEV: flag.default(false),
})

/** Settings of several processes together: this release runs as one, and must not look as if it did not. */
export const clusterVariables = ['REDIS_URL', 'KAFKA_BROKERS'] as const

function isSmtpUrl(value: string): boolean {
  try {
    const { protocol, hostname } = new URL(value)
    return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== ''
  } catch {
    return false
  }
}

function namesDatabase(value: string, protocols: readonly string[]): boolean {
  try {
    const { protocol, hostname, pathname } = new URL(value)
    return protocols.includes(protocol) && hostname !== '' && /^\/[\w$-]{1,64}$/.test(pathname)
  } catch {
    return false
  }
}

function isWebAddress(value: string): boolean {
  try {
    const { protocol, username, search } = new URL(value)
    return (protocol === 'http:' || protocol === 'https:') && username === '' && search === ''
  } catch {
    return false
  }
}

function isOrigin(value: string): boolean {
  try {
    const url = new URL(value)
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === value
  } catch {
    return false
  }
}
