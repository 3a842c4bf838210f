import { Button, Group, Skeleton, Slider, Stack, Text, UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Crop, MAX_ZOOM, moved, wholeOf, zoomed, zoomOf } from './cropping.ts'

const SIDE = 280
/** What is sent: as large as what is kept. */
const SENT = 512
const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-0.02, 0],
  ArrowRight: [0.02, 0],
  ArrowUp: [0, -0.02],
  ArrowDown: [0, 0.02],
}

type Props = {
  file: Blob
  /** Shown as a rounded square, as groups are; else as a circle, as people are. */
  square?: boolean | undefined
  onDone: (image: Blob) => Promise<void>
  onBroken: () => void
  onCancel: () => void
}

/** Lets one choose a square part of a picture; by pointer, wheel and keys. */
export function CropImage({ file, square, onDone, onBroken, onCancel }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const [picture, setPicture] = useState<ImageBitmap | null>(null)
  const [crop, setCrop] = useState<Crop | null>(null)
  const [busy, setBusy] = useState(false)
  const canvas = useRef<HTMLCanvasElement>(null)
  const broken = useRef(onBroken)
  broken.current = onBroken
  useEffect(() => {
    let gone = false
    createImageBitmap(file).then(
      (read) => {
        if (gone) return read.close()
        setPicture(read)
        setCrop(wholeOf(read))
      },
      () => !gone && broken.current(),
    )
    return () => {
      gone = true
    }
  }, [file])
  useEffect(() => {
    if (picture && crop && canvas.current) draw(canvas.current, picture, crop)
  }, [picture, crop])
  if (!picture || !crop) return <Skeleton height={SIDE} radius="md" />

  const move = (dx: number, dy: number) => setCrop((now) => now && moved(picture, now, dx, dy))
  const drag = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event.movementX / SIDE, event.movementY / SIDE)
  }
  const keys = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    move(...step)
  }
  const use = async () => {
    const part = document.createElement('canvas')
    part.width = SENT
    part.height = SENT
    draw(part, picture, crop)
    setBusy(true)
    const image = await new Promise<Blob | null>((resolve) => part.toBlob(resolve, 'image/webp', 0.92))
    if (image) await onDone(image)
    else onBroken()
    setBusy(false)
  }
  const borderRadius = square ? '24%' : '50%'
  return (
    <Stack gap="md" align="center">
      <UnstyledButton aria-label={t('image.crop')} onKeyDown={keys} style={{ lineHeight: 0, borderRadius }}>
        <canvas
          ref={canvas}
          width={SIDE * 2}
          height={SIDE * 2}
          style={{ width: SIDE, height: SIDE, borderRadius, cursor: 'grab', touchAction: 'none' }}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
          onWheel={(event) => setCrop(zoomed(picture, crop, zoomOf(picture, crop) * (1 - event.deltaY / 1000)))}
        />
      </UnstyledButton>
      <Text size="sm" c="dimmed">
        {t('image.cropHint')}
      </Text>
      <Slider
        w={SIDE}
        thumbLabel={t('image.zoom')}
        label={null}
        min={1}
        max={MAX_ZOOM}
        step={0.05}
        value={zoomOf(picture, crop)}
        onChange={(zoom) => setCrop(zoomed(picture, crop, zoom))}
      />
      <Group justify="flex-end" w="100%">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button loading={busy} onClick={() => void use()}>
          {t('image.use')}
        </Button>
      </Group>
    </Stack>
  )
}

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, { x, y, scale }: Crop): void {
  const to = canvas.getContext('2d')
  if (!to) return
  const side = canvas.width
  to.imageSmoothingQuality = 'high'
  to.fillStyle = '#fff'
  to.fillRect(0, 0, side, side)
  to.drawImage(picture, x * side, y * side, picture.width * scale * side, picture.height * scale * side)
}
