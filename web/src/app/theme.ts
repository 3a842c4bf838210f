import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

// One calm accent (a deep green) and warm neutrals. Other colours carry meaning only: see tokens below.
const accent: MantineColorsTuple = [
  '#eef6f3',
  '#dcebe5',
  '#b7d7cb',
  '#8fc2b0',
  '#6cb099',
  '#4f9c83',
  '#3b866e',
  '#2f6f5b',
  '#24594a',
  '#184338',
]
const dark: MantineColorsTuple = [
  '#e9e7e3',
  '#c9c6c0',
  '#a5a29b',
  '#7c7a75',
  '#4b4a4a',
  '#37373a',
  '#2a2a2d',
  '#212124',
  '#17171a',
  '#101012',
]
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f3f1ed',
  '#e8e5df',
  '#dad6ce',
  '#c2bdb3',
  '#a19b90',
  '#716b62',
  '#575249',
  '#38342e',
  '#211f1b',
]
// Danger: the same red as --sh-danger, not a louder one.
const red: MantineColorsTuple = [
  '#fbe9e7',
  '#f6d3cf',
  '#f2b3ab',
  '#f0897f',
  '#e0695c',
  '#cf4f41',
  '#c14236',
  '#b3352b',
  '#982c23',
  '#7d241d',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 7,
  autoContrast: true,
  colors: { accent, dark, gray, red },
  fontFamily:
    "'Pretendard Variable', Pretendard, -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Apple SD Gothic Neo', 'Noto Sans KR', sans-serif",
  fontSizes: { xs: '12px', sm: '14px', md: '15px', lg: '17px', xl: '20px' },
  defaultRadius: 'md',
  radius: { xs: '6px', sm: '8px', md: '10px', lg: '12px', xl: '16px' },
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // A link inside a text must not be told by its colour alone.
    Anchor: { defaultProps: { underline: 'always' } },
    // A badge or a button is a word or a number: cut in half it says nothing.
    Badge: { styles: { root: { textTransform: 'none', flex: 'none' } } },
    Button: { styles: { root: { flexShrink: 0 } } },
    Tabs: { styles: { tab: { minHeight: 44 } } },
    Paper: { styles: { root: { backgroundColor: 'var(--sh-surface)' } } },
    // An empty element that takes the focus first has no place in a menu, for screen readers.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } },
      styles: {
        header: { backgroundColor: 'var(--sh-surface)' },
        title: { fontSize: 17, fontWeight: 650 },
        // What takes the focus comes to stand above the buttons at the lower edge (`FormFoot`).
        content: { scrollPaddingBottom: 112 },
      },
    },
    Drawer: {
      styles: { header: { backgroundColor: 'var(--sh-surface)' }, title: { fontSize: 17, fontWeight: 650 } },
    },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
  },
})

/** Surfaces and the colours that mean something; used as var(--sh-…) in CSS modules. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--sh-shadow': '0 1px 2px rgb(30 25 15 / 6%), 0 4px 16px rgb(30 25 15 / 6%)',
  },
  light: {
    '--mantine-color-body': '#faf9f7',
    '--mantine-color-text': '#211f1b',
    '--mantine-color-dimmed': '#645e55',
    '--mantine-color-error': '#b3352b',
    '--sh-surface': '#ffffff',
    '--sh-surface-2': '#f3f1ed',
    '--sh-line': '#e5e1da',
    '--sh-focus': '#2f6f5b',
    '--sh-focus-soft': '#e3f0eb',
    '--sh-break': '#2c6aa0',
    '--sh-break-soft': '#e4eef8',
    '--sh-long': '#75549c',
    '--sh-long-soft': '#efe8f7',
    '--sh-danger': '#b3352b',
    '--sh-danger-soft': '#fbe9e7',
    '--sh-unread': '#c2410c',
    '--sh-lamp': '#fff6dd',
    '--sh-lamp-line': '#e8cf86',
  },
  dark: {
    '--mantine-color-body': '#17171a',
    '--mantine-color-text': '#e9e7e3',
    '--mantine-color-dimmed': '#a9a59e',
    '--mantine-color-error': '#f0897f',
    // Words of danger without a filled ground keep their colour.
    '--mantine-color-red-light-color': '#f5a299',
    '--mantine-color-red-text': '#f0897f',
    // Soft grounds that are seen on a dark surface; the theme's own are nearly black.
    '--mantine-color-gray-light': '#37373a',
    '--mantine-color-gray-light-hover': '#424246',
    '--mantine-color-gray-light-color': '#e9e7e3',
    '--mantine-color-accent-light': '#1f3a32',
    '--mantine-color-accent-light-hover': '#27493f',
    '--mantine-color-accent-light-color': '#a9dcc9',
    '--mantine-color-red-light': '#46231f',
    '--mantine-color-red-light-hover': '#572b26',
    '--sh-surface': '#212124',
    '--sh-surface-2': '#2a2a2d',
    '--sh-line': '#37373a',
    '--sh-focus': '#7cc4ab',
    '--sh-focus-soft': '#1f3a32',
    '--sh-break': '#86b9e6',
    '--sh-break-soft': '#1d3347',
    '--sh-long': '#c0a3e2',
    '--sh-long-soft': '#332846',
    '--sh-danger': '#f0897f',
    '--sh-danger-soft': '#46231f',
    '--sh-unread': '#f59e6b',
    '--sh-lamp': '#38321f',
    '--sh-lamp-line': '#8a7436',
  },
})
