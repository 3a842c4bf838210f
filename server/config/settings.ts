import { z } from 'zod'
import { flag, list, whole } from '#persistence/settings/fields.ts'
import { sharedVariables } from '#persistence/settings/variables.ts'
import { FIRST_PROTOCOL, PROTOCOL } from '#schemas/version.ts'
import { mediaVariables } from './mediaSettings.ts'

/** `https://host[:port]` without path, as browsers send it in the Origin header. */
const origin = z.string().refine(isOrigin, 'must look like https://study.example.org, without a path')

const origins = list.pipe(z.array(origin))

const id = z.string().min(1).max(300)

/** Host, port and path as a proxy publishes one node, without scheme. */
const publicAddress = z
  .string()
  .max(300)
  .regex(
    /^[\w.-]+(:\d{1,5})?(\/[\w-]+)*$|^\[[0-9a-f:]+\](:\d{1,5})?(\/[\w-]+)*$/i,
    'must look like study.example.org/n/a',
  )

/** Every variable the server reads: what it may be and what it is when absent. */
export const variables = z.object({
  ...sharedVariables,
  /** Address to listen on; 0.0.0.0 is every interface. */
  HOST: z.string().min(1).max(255).default('127.0.0.1'),
  /** 0: any free port. */
  PORT: whole(0, 65_535).default(2567),
  /** Where browsers find us, if not at http://HOST:PORT. */
  ORIGIN: origin.optional(),
  /** Further origins whose pages may call us, separated by commas. */
  ALLOWED_ORIGINS: origins.default([]),
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
  /** Multiplies the limits of sign-up and sign-in tries; load tests need more from one address. */
  RATE_FACTOR: whole(1, 100_000).default(1),
  /** The oldest clients that are still served, by schemas/version.ts; older pages are told to load again. Raised when no such node is left. */
  OLDEST_CLIENT: whole(FIRST_PROTOCOL, PROTOCOL).default(FIRST_PROTOCOL),
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
  /** Of several nodes: the way to this one, and no other, through the proxy; `host[:port][/path]`, the path taken off on the way. */
  PUBLIC_ADDRESS: publicAddress.optional(),
  ...mediaVariables,
  /** Development: Vite serves web/ with reload. */
  STUDYHUB_DEV: flag.default(false),
})

function isSmtpUrl(value: string): boolean {
  try {
    const { protocol, hostname } = new URL(value)
    return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== ''
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
