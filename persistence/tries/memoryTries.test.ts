import { memoryTries } from './memoryTries.ts'
import { triesContract } from './tries.contract.ts'

triesContract('in memory', async () => {
  const book = memoryTries()
  return { a: book, b: book, close: () => book.close() }
})
