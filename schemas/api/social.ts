import { z } from 'zod'

const provider = z.enum(['google', 'kakao', 'naver', 'oidc'])
export const providerParam = z.object({ provider })
export const providers = z.object({ providers: z.array(z.object({ id: provider, name: z.string() })) })
export type Provider = z.infer<typeof providers>['providers'][number]

/** Only our own addresses: an outside one would make us a redirector. */
export const beginBody = z.object({
  next: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])/)
    .default('/'),
})
export const began = z.object({ url: z.string() })

/** The caller's ways in; `password` whether he has one, `passkeys` how many that are good here. */
export const linkedWays = z.object({ linked: z.array(z.string()), password: z.boolean(), passkeys: z.int() })
export type LinkedWays = z.infer<typeof linkedWays>
