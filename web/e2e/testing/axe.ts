import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * Violations of level serious or critical on what is shown now, one line each: rule, element, what is wrong. Of all rules, or of
 * those named only.
 */
export async function seriousFaults(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const builder = new AxeBuilder({ page })
  const { violations } = await (rules.length > 0 ? builder.withRules([...rules]) : builder).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}: ${node.failureSummary ?? ''}`))
}
