/** One line of the palette. `id` is unique among them; `hint` stands at its end. */
export type Entry = { readonly id: string; readonly label: string; readonly hint?: string; readonly run: () => void }

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Entries that hold every word of what was typed, those that begin with it first, else in their order. */
export function fitting(entries: readonly Entry[], typed: string): Entry[] {
  const words = fold(typed).split(/\s+/u).filter(Boolean)
  const first = words[0] ?? ''
  const found = entries.filter((e) => words.every((word) => fold(e.label).includes(word)))
  const begins = (e: Entry) => fold(e.label).startsWith(first)
  return [...found.filter(begins), ...found.filter((e) => !begins(e))]
}
