import type { Page } from 'playwright-core'

/**
 * What a browser itself says of a broken connection or a refused call: not an error of ours, and each such test checks
 * what the person is told instead.
 */
const ofTheNetwork = /net::ERR_|WebSocket connection to .* failed|status of (4\d\d|503)/

/** Collects into `faults` console errors, uncaught errors and violations of the content security policy. */
export function watchFaults(page: Page, name: string, faults: string[]): void {
  page.on('console', (message) => {
    const text = message.text()
    const where = message.location().url
    if (message.type() === 'error' && !ofTheNetwork.test(text)) faults.push(`${name}: console: ${text} (${where})`)
    if (message.type() === 'warning' && /Content Security Policy|unique "key"/.test(text))
      faults.push(`${name}: ${text}`)
  })
  page.on('pageerror', (error) => faults.push(`${name}: uncaught: ${error.stack ?? error.message}`))
}
