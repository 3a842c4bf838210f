import { useMediaQuery } from '@mantine/hooks'

/** Phone layout: below 960 px (UX "Frame"). */
export const useNarrow = (): boolean =>
  useMediaQuery('(max-width: 959px)', undefined, { getInitialValueInEffect: false }) ?? false
