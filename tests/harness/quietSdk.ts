import { vi } from 'vitest'

/** The SDK tells the console of every connection that ends: here they all do. */
const warn = console.warn
vi.spyOn(console, 'warn').mockImplementation((...args: unknown[]) => {
  if (!String(args[0]).startsWith('Room connection was closed')) warn(...args)
})
