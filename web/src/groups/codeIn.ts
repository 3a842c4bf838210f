/** The code in what somebody pasted: a code, or the address of a join page. */
export const codeIn = (text: string): string =>
  text
    .trim()
    .replace(/^.*\/join\//u, '')
    .replace(/[^0-9A-Za-z-]/gu, '')
    .slice(0, 60)
