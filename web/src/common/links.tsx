import { Anchor, Button, UnstyledButton } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

// Mantine's look with the router's typed addresses.
export const LinkButton = createLink((props: ComponentProps<typeof Button<'a'>>) => <Button {...props} component="a" />)
export const LinkAnchor = createLink((props: ComponentProps<typeof Anchor<'a'>>) => <Anchor {...props} component="a" />)
export const LinkCard = createLink((props: ComponentProps<typeof UnstyledButton<'a'>>) => (
  <UnstyledButton {...props} component="a" />
))
