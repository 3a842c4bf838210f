import { Text, Title } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import classes from './lobby.module.css'

/** A row of places above the lobby's list; each child is one item of it. */
export const PlaceStrip = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section aria-labelledby={id}>
    <Title order={2} size="h5" id={id} mb={8}>
      {title}
    </Title>
    <ul className={classes['mine']}>{children}</ul>
  </section>
)

type Shown = { icon: ReactNode; name: string; text: string; children?: ReactNode } & ComponentProps<'a'>

/** The way into a place of mine: what it is, its name, how it is there now, and what is added at the end. */
export const PlaceLink = createLink(({ icon, name, text, children, ...link }: Shown) => (
  <a {...link} className={classes['mineItem']}>
    {icon}
    <span style={{ minWidth: 0, flex: 1 }}>
      <Text fw={600} truncate>
        {name}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {text}
      </Text>
    </span>
    {children}
  </a>
))
