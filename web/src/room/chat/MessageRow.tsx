import { Anchor, Text, UnstyledButton } from '@mantine/core'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownMessage } from '#client/types.ts'
import { Face } from '../../common/Face.tsx'
import { useIsBlocked } from '../../people/blocked.ts'
import { PersonFace } from '../../people/PersonFace.tsx'
import { useImageOf } from '../../people/useImageOf.ts'
import { useStudyRoom } from '../roomContext.tsx'
import classes from './chat.module.css'
import { EditBox } from './EditBox.tsx'
import { Markdown } from './Markdown.tsx'
import { MessageTools } from './MessageTools.tsx'
import { Edited } from './PastTexts.tsx'
import { Reactions } from './Reactions.tsx'
import { ReadBy } from './ReadBy.tsx'
import { useWhen } from './useWhen.ts'

type Props = {
  message: ShownMessage
  parent: ShownMessage | 'far' | null
  first: boolean
  lit: boolean
  /** The last own one tells by how many it was read. */
  receipt: boolean
  onLead: (number: number) => void
  onReply: (message: ShownMessage) => void
}

/** One message. Messages that did not change keep their identity, so that `memo` holds. */
export const MessageRow = memo(({ message, parent, first, lit, receipt, onLead, onReply }: Props) => {
  const { t } = useTranslation('room')
  const when = useWhen()
  const [editing, setEditing] = useState(false)
  const [opened, setOpened] = useState(false)
  const folded = useIsBlocked(message.author) && !opened
  const numbered = message.delivery === 'sent' || message.delivery === 'stored'
  if (folded) return <Folded onOpen={() => setOpened(true)} />
  return (
    <article
      className={classes['row']}
      data-first={first || undefined}
      data-shown={lit || undefined}
      aria-label={message.authorName || t('chat.gone')}
      // A tap takes the focus here: that is what shows the tools where nothing can hover.
      tabIndex={-1}
    >
      <div>{first && <AuthorFace message={message} />}</div>
      <div style={{ minWidth: 0 }}>
        {first && (
          <div className={classes['head']}>
            <span className={classes['author']}>{message.authorName || t('chat.gone')}</span>
            <time className={classes['at']} dateTime={new Date(message.at).toISOString()} title={when.full(message.at)}>
              {when.time(message.at)}
            </time>
          </div>
        )}
        {parent && message.replyTo !== null && <Quoted parent={parent} number={message.replyTo} onLead={onLead} />}
        {message.deleted ? (
          <div className={classes['gone']}>{t('chat.deleted')}</div>
        ) : editing ? (
          <EditBox message={message} onDone={() => setEditing(false)} />
        ) : (
          <div className={classes['text']}>
            <Markdown text={message.text} />
            {message.editedAt !== null && <Edited message={message} />}
            <Delivery message={message} />
            {receipt && <ReadBy number={message.number} />}
          </div>
        )}
        {!message.deleted && message.reactions.length > 0 && <Reactions message={message} />}
        {message.delivery === 'failed' && <Failed message={message} />}
      </div>
      {numbered && !message.deleted && !editing && (
        <MessageTools message={message} onReply={onReply} onEdit={() => setEditing(true)} />
      )}
    </article>
  )
})

/** Somebody one has blocked has spoken: who and what is told on one's word only. */
function Folded({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation('people')
  return (
    <article className={classes['row']} aria-label={t('folded')}>
      <div />
      <div className={classes['gone']}>
        {t('folded')}{' '}
        <Anchor component="button" size="sm" onClick={onOpen}>
          {t('unfold')}
        </Anchor>
      </div>
    </article>
  )
}

function AuthorFace({ message: { author, authorName } }: { message: ShownMessage }) {
  const { t } = useTranslation('room')
  const image = useImageOf(useStudyRoom(), author)
  // Whose account is gone has no card.
  if (authorName === '') return <Face id={author} name={t('chat.gone')} size={36} />
  return <PersonFace id={author} name={authorName} image={image} size={36} />
}

/** Only own messages on their way say so: stored is the quiet normal. */
function Delivery({ message }: { message: ShownMessage }) {
  const { t } = useTranslation(['room', 'stage'])
  const room = useStudyRoom()
  const { n, keptBack } = message
  if (message.author !== room.me || message.delivery === 'stored' || message.delivery === 'failed') return null
  if (keptBack && n !== null)
    return (
      <span className={classes['note']}>
        {' '}
        <span role="status">{t(keptBack === 'held' ? 'stage:waitsHeld' : 'stage:waitsSlow')}</span>{' '}
        <Anchor component="button" size="sm" onClick={() => room.chat.discard(n)}>
          {t('stage:takeBack')}
        </Anchor>
      </span>
    )
  return (
    <span className={classes['note']} role="status">
      {' '}
      {t(message.delivery === 'sending' ? 'chat.sending' : 'chat.sent')}
    </span>
  )
}

function Failed({ message }: { message: ShownMessage }) {
  const { t } = useTranslation(['room', 'common'])
  const { chat } = useStudyRoom()
  const { n } = message
  if (n === null) return null
  return (
    <div className={classes['failed']} role="alert">
      {t('chat.failed', { reason: t(`common:refusal.${message.refused ?? 'unavailable'}`) })}
      <Anchor component="button" size="sm" onClick={() => chat.retry(n)}>
        {t('chat.retry')}
      </Anchor>
      <Anchor component="button" size="sm" c="dimmed" onClick={() => chat.discard(n)}>
        {t('chat.discard')}
      </Anchor>
    </div>
  )
}

function Quoted({
  parent,
  number,
  onLead,
}: {
  parent: ShownMessage | 'far'
  number: number
  onLead: (n: number) => void
}) {
  const { t } = useTranslation(['room', 'people'])
  const blocked = useIsBlocked(parent === 'far' ? '' : parent.author)
  return (
    <UnstyledButton className={classes['replied']} onClick={() => onLead(number)}>
      {blocked ? (
        <em>{t('people:folded')}</em>
      ) : parent === 'far' ? (
        t('chat.replyFar')
      ) : parent.deleted ? (
        <em>{t('chat.replyGone')}</em>
      ) : (
        <>
          <Text span fw={600} fz="inherit">
            {parent.authorName || t('chat.gone')}
          </Text>{' '}
          {parent.text.slice(0, 120)}
        </>
      )}
    </UnstyledButton>
  )
}
