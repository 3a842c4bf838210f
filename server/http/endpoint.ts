import type { OpenAPIHono, RouteConfig, z } from '@hono/zod-openapi'
import { errorBody } from '#schemas/api/errors.ts'
import { proof } from '#schemas/api/personal.ts'
import { isRefusal, type Refusal, type RefusalCode, refusals, refuse } from '#schemas/refusals.ts'
import type { Prove } from '#server/accounts/prove.ts'
import type { Verified, WhoIs } from '#server/accounts/whoIs.ts'
import type { ApiContext, ApiEnv } from './apiEnv.ts'
import { refusedAnswer } from './envelope.ts'
import { headerOf } from './headers.ts'
import { jsonBody } from './jsonBody.ts'
import { rawBody } from './rawBody.ts'

/** `proven`: a user who gives his password again in the body (`proof`), for what cannot be undone or changes how he gets in. */
type Who = 'user' | 'proven' | 'anyone'
const PROOF_REFUSALS = ['bad_credentials', 'sign_in_again', 'too_many_tries'] as const

type Inputs = {
  readonly params?: z.ZodObject
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly bytes?: Bytes
}
/** A body that is taken as it is, of any type, up to a length. */
type Bytes = { readonly max: number }
type Parsed<I extends Inputs, K extends keyof Inputs> = I[K] extends z.ZodType ? z.output<I[K]> : undefined

export type EndpointInput<I extends Inputs, W extends Who> = {
  readonly params: Parsed<I, 'params'>
  readonly query: Parsed<I, 'query'>
  readonly body: Parsed<I, 'body'>
  readonly bytes: I['bytes'] extends Bytes ? Uint8Array : undefined
  /** From a verified session (I8); null only where anyone may ask and nobody is signed in. */
  readonly caller: W extends 'anyone' ? Verified | null : Verified
  readonly c: ApiContext
}

export type EndpointSpec<I extends Inputs, W extends Who, A extends z.ZodType> = {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** `/api/rooms/{id}` */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly who: W
  readonly takes: I
  readonly answers: A
  readonly status?: 200 | 201
  /** What it may refuse beside what every endpoint may. */
  readonly refuses?: readonly RefusalCode[]
  /** Answers the body, or a refusal. What it throws is a bug: logged once, answered as `fault`. */
  run(input: EndpointInput<I, W>): Promise<z.input<A> | Refusal>
}

/** Adds one endpoint to the routes and to the OpenAPI document: one description, checked at each request. */
export type AddEndpoint = <const I extends Inputs, W extends Who, A extends z.ZodType>(
  spec: EndpointSpec<I, W, A>,
) => void

export const adder =
  (app: OpenAPIHono<ApiEnv>, { whoIs, prove }: { whoIs: WhoIs; prove: Prove }): AddEndpoint =>
  (spec) => {
    const takes: Inputs = spec.who === 'proven' ? { ...spec.takes, body: proof } : spec.takes
    describe(app, { ...spec, takes })
    app.on(spec.method, spec.path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
      const caller = await whoIs(headerOf(c, 'cookie'), headerOf(c, 'authorization'))
      if (spec.who !== 'anyone' && !caller) return refusedAnswer(c, refuse('unauthenticated'))
      const { params, query, body, bytes } = takes
      const raw = bytes ? await rawBody(c, bytes.max) : undefined
      if (isRefusal(raw)) return refusedAnswer(c, raw)
      const read = body ? await jsonBody(c) : { body: undefined }
      if (isRefusal(read)) return refusedAnswer(c, read)
      const input: Record<string, unknown> = { caller, c, bytes: raw }
      for (const [part, schema, value] of [
        ['params', params, c.req.param()],
        ['query', query, c.req.query()],
        ['body', body, read.body],
      ] as const) {
        if (!schema) continue
        const parsed = schema.safeParse(value)
        if (!parsed.success) return refusedAnswer(c, refuse('invalid', { in: part, fields: fieldsOf(parsed.error) }))
        input[part] = parsed.data
      }
      if (caller && spec.who === 'proven') {
        const proven = await prove(caller, proof.parse(input['body']).password)
        if (isRefusal(proven)) return refusedAnswer(c, proven)
      }
      // What was parsed by `takes` is what its type says; nothing but this line could tell the compiler.
      const answer = await spec.run(input as never)
      return isRefusal(answer) ? refusedAnswer(c, answer) : c.json(answer as object, spec.status ?? 200)
    })
  }

const binary = { type: 'string', format: 'binary' } as const

/** Which fields are wrong and how; never their values. */
const fieldsOf = (error: z.ZodError) =>
  error.issues
    .slice(0, 20)
    .map((issue) => ({ field: issue.path.join('.').slice(0, 100), problem: issue.message.slice(0, 200) }))

function describe(app: OpenAPIHono<ApiEnv>, spec: EndpointSpec<Inputs, Who, z.ZodType>): void {
  const { params, query, body, bytes } = spec.takes
  const codes = new Set<RefusalCode>(['invalid', 'fault', 'unavailable', ...(spec.refuses ?? [])])
  if (spec.who !== 'anyone') codes.add('unauthenticated')
  if (spec.who === 'proven') for (const code of PROOF_REFUSALS) codes.add(code)
  if (spec.method !== 'get') codes.add('foreign_origin')
  if (body || bytes) codes.add('too_large')
  const byStatus = Map.groupBy(codes, (code) => refusals[code])
  const responses: RouteConfig['responses'] = {
    [spec.status ?? 200]: { description: 'Done', content: { 'application/json': { schema: spec.answers } } },
  }
  for (const [status, list] of [...byStatus].sort(([a], [b]) => a - b))
    responses[status] = { description: list.join(', '), content: { 'application/json': { schema: errorBody } } }
  app.openAPIRegistry.registerPath({
    method: spec.method,
    path: spec.path,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.who !== 'anyone' ? { security: [{ session: [] }, { bearer: [] }] } : {}),
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query: query as z.ZodObject } : {}),
      ...(bytes ? { body: { required: true, content: { 'application/octet-stream': { schema: binary } } } } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses,
  })
}
