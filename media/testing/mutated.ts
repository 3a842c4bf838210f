import fc from 'fast-check'

type Change = (value: unknown) => unknown

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    '',
    'x'.repeat(10_000),
    '\u0000',
    [],
    {},
    [[]],
    [null],
    -1,
    0,
    1.5,
    2 ** 31,
    2 ** 32,
    1e308,
  ),
  fc.constantFrom<unknown>(
    'audio/opus',
    'video/rtx',
    'video/H264',
    'L3T3',
    'S9T9',
    'sha-1',
    'r0',
    127,
    255,
    256,
    65_536,
  ),
  fc.integer(),
  fc.string(),
  fc.jsonValue(),
)

/** A change somewhere in a value: at a path that the numbers choose, to something odd, or by leaving it out, or by doubling it. */
const change: fc.Arbitrary<Change> = fc
  .tuple(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 7 }), odd, fc.constantFrom('put', 'put', 'drop', 'double'))
  .map(
    ([path, value, how]) =>
      (whole: unknown) =>
        changeAt(whole, path, value, how),
  )

function changeAt(whole: unknown, [step = 0, ...rest]: readonly number[], value: unknown, how: string): unknown {
  if (typeof whole !== 'object' || whole === null || Object.keys(whole).length === 0) return value
  const keys = Object.keys(whole)
  const key = keys[step % keys.length] ?? ''
  const copy = Array.isArray(whole) ? [...whole] : { ...whole }
  const inside: unknown = Reflect.get(copy, key)
  if (rest.length > 0 && typeof inside === 'object' && inside !== null)
    Reflect.set(copy, key, changeAt(inside, rest, value, how))
  else if (how === 'put') Reflect.set(copy, key, value)
  else if (how === 'drop') Reflect.deleteProperty(copy, key)
  else if (Array.isArray(copy)) copy.push(inside)
  else Reflect.set(copy, `${key}2`, inside)
  return copy
}

/** Up to three changes, one after the other. */
export const mutated: fc.Arbitrary<Change> = fc
  .array(change, { maxLength: 3 })
  .map((changes) => (value: unknown) => changes.reduce((now, one) => one(now), value))
