import { Button, FileButton, Group, Modal, Skeleton } from '@mantine/core'
import { IconPhoto, IconTrash } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { limits } from '#schemas/limits.ts'
import { tell } from '../common/notices.ts'

const CropImage = lazy(() => import('./CropImage.tsx').then((m) => ({ default: m.CropImage })))

type Props = {
  /** The picture as it is now, drawn as others see it. */
  face: ReactNode
  hasImage: boolean
  square?: boolean
  /** Sends the cut picture, or takes the one that is there away (null); says by itself how it went. */
  send(image: Blob | null): Promise<void>
}

/** A picture of a person or a group: chosen, cut to a square, sent; taken away. */
export function ImageField({ face, hasImage, square, send }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const [file, setFile] = useState<File | null>(null)
  const wrong = (message: string) => {
    setFile(null)
    tell({ message, color: 'red' })
  }
  const choose = (chosen: File | null) => {
    // What is sent is cut and small; this only spares the browser a giant.
    if (chosen && chosen.size > limits.imageBytes * 4) wrong(t('image.tooLarge'))
    else setFile(chosen)
  }
  return (
    <Group>
      {face}
      <FileButton accept="image/jpeg,image/png,image/webp,image/gif" onChange={choose}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconPhoto size={16} />}>
            {t(hasImage ? 'image.change' : 'image.choose')}
          </Button>
        )}
      </FileButton>
      {hasImage && (
        <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} />} onClick={() => void send(null)}>
          {t('image.remove')}
        </Button>
      )}
      <Modal
        opened={file !== null}
        onClose={() => setFile(null)}
        title={t('image.crop')}
        centered
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Suspense fallback={<Skeleton height={280} />}>
          {file && (
            <CropImage
              file={file}
              square={square}
              onCancel={() => setFile(null)}
              onBroken={() => wrong(t('image.broken'))}
              onDone={async (image) => {
                await send(image)
                setFile(null)
              }}
            />
          )}
        </Suspense>
      </Modal>
    </Group>
  )
}
