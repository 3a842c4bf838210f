import { Button, FileButton, Group, Modal, Skeleton } from '@mantine/core'
import { IconPhoto, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#schemas/api/accounts.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { Face } from '../common/Face.tsx'
import { tell } from '../common/notices.ts'
import { say, sayRefusal } from '../common/say.ts'

const CropImage = lazy(() => import('./CropImage.tsx').then((m) => ({ default: m.CropImage })))

/** The own picture: chosen, cut to a square, sent; taken away. */
export function ImageField({ me }: { me: Me }) {
  const { t } = useTranslation(['people', 'common'])
  const hub = useHub()
  const [file, setFile] = useState<File | null>(null)
  const wrong = (message: string) => {
    setFile(null)
    tell({ message, color: 'red' })
  }
  const settle = async (answer: Me | Refusal) => {
    setFile(null)
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    await hub.refreshSession()
    say(t('common:saved'))
  }
  const choose = (chosen: File | null) => {
    // What is sent is cut and small; this only spares the browser a giant.
    if (chosen && chosen.size > limits.imageBytes * 4) wrong(t('image.tooLarge'))
    else setFile(chosen)
  }
  return (
    <Group>
      <Face id={me.id} name={me.name} image={me.image} size={72} />
      <FileButton accept="image/jpeg,image/png,image/webp,image/gif" onChange={choose}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconPhoto size={16} />}>
            {t(me.image ? 'image.change' : 'image.choose')}
          </Button>
        )}
      </FileButton>
      {me.image && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={16} />}
          onClick={async () => settle(await hub.api.send<Me>('DELETE', '/api/me/image'))}
        >
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
              onCancel={() => setFile(null)}
              onBroken={() => wrong(t('image.broken'))}
              onDone={async (image) => settle(await hub.api.send<Me>('POST', '/api/me/image', image))}
            />
          )}
        </Suspense>
      </Modal>
    </Group>
  )
}
