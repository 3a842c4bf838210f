import { Fragment, memo, type ReactNode } from 'react'
import classes from './chat.module.css'
import { blocksOf, type Inline } from './markdown.ts'

/** A chat text as elements; what users write is never taken for HTML. */
export const Markdown = memo(({ text }: { text: string }) => (
  <>
    {blocksOf(text).map((block, i) => {
      const key = `${i}`
      if (block.kind === 'code')
        return (
          <pre key={key} className={classes['code']}>
            {block.text}
          </pre>
        )
      const lines = block.lines.map((line, j) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have only their order
        <Fragment key={j}>
          {j > 0 && <br />}
          {line.map(inline)}
        </Fragment>
      ))
      return block.kind === 'quote' ? (
        <blockquote key={key} className={classes['quote']}>
          {lines}
        </blockquote>
      ) : (
        <span key={key}>{lines}</span>
      )
    })}
  </>
))

function inline(part: Inline, key: number): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'code':
      return <code key={key}>{part.text}</code>
    case 'bold':
      return <strong key={key}>{part.parts.map(inline)}</strong>
    case 'italic':
      return <em key={key}>{part.parts.map(inline)}</em>
    case 'strike':
      return <s key={key}>{part.parts.map(inline)}</s>
    case 'mention':
      return (
        <span key={key} className={classes['mention']}>
          {part.text}
        </span>
      )
    case 'link':
      return (
        <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      )
  }
}
