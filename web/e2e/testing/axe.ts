import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Rules whose findings are never serious: looking for them would be for nothing. */
const neverSerious = [
  'aria-allowed-role',
  'empty-heading',
  'empty-table-header',
  'heading-order',
  'image-redundant-alt',
  'landmark-banner-is-top-level',
  'landmark-complementary-is-top-level',
  'landmark-contentinfo-is-top-level',
  'landmark-main-is-top-level',
  'landmark-no-duplicate-banner',
  'landmark-no-duplicate-contentinfo',
  'landmark-no-duplicate-main',
  'landmark-one-main',
  'landmark-unique',
  'meta-viewport-large',
  'page-has-heading-one',
  'presentation-role-conflict',
  'region',
  'scope-attr-valid',
  'skip-link',
]

export type Asked = {
  /** These rules only. */
  readonly rules?: readonly string[]
  /** Where a dialog or a menu is open, only in it: what lies behind is another screen. */
  readonly inFront?: boolean
}

/**
 * Violations of level serious or critical on what is shown now, one line each: rule, element, what is wrong. The page has no frames:
 * axe runs in it as it is, and stays there until the page is loaded anew.
 */
export async function seriousFaults(page: Page, { rules, inFront = false }: Asked = {}): Promise<string[]> {
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(rules
      ? { runOnly: [...rules] }
      : { rules: Object.fromEntries(neverSerious.map((id) => [id, { enabled: false }])) }),
  }
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const violations = await page.evaluate(
    async ([o, front]) => {
      const layers = front ? [...document.querySelectorAll('[role=dialog], [role=menu]')] : []
      const shown = layers.filter((layer) => layer.checkVisibility())
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(
        shown.length > 0 ? { include: shown } : document,
        o,
      )
      return violations.map(({ id, impact, nodes }) => ({
        ...{ id, impact },
        nodes: nodes.map(({ html, failureSummary }) => ({ html: html.slice(0, 160), why: failureSummary ?? '' })),
      }))
    },
    [options, inFront] as const,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, why }) => `${id}: ${html}: ${why}`))
}
