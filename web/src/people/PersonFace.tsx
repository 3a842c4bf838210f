import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Face } from '../common/Face.tsx'
import { showCard } from './shownCard.ts'

type Props = { id: string; name: string; size?: number; image?: string | null | undefined }

/** A face that leads to its owner's card. */
export function PersonFace({ id, name, size = 36, image }: Props) {
  const { t } = useTranslation('people')
  return (
    <UnstyledButton
      style={{ borderRadius: '50%', flex: 'none', lineHeight: 0 }}
      onClick={(event) => showCard(id, event.currentTarget)}
    >
      <Face id={id} name={name} size={size} image={image} />
      <VisuallyHidden>{t('card.open', { name })}</VisuallyHidden>
    </UnstyledButton>
  )
}
