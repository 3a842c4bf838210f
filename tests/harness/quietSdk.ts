import { vi } from 'vitest'

/** The SDK tells the console of every connection that ends and of every push nobody listens to: here both are meant. */
const warn = console.warn
vi.spyOn(console, 'warn').mockImplementation((...args: unknown[]) => {
  if (!/^Room connection was closed|onMessage\(\) not registered/.test(String(args[0]))) warn(...args)
})
