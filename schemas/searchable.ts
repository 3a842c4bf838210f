/** A text as searches compare it: compatibility forms made one, lower case, single spaces. Browser and server agree by it. */
export const searchable = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
