import type { Scene, Stage } from './Scene.ts'

type Shows = (stage: Stage) => Promise<unknown>

/** Makes scenes of `me` at one place: each leads there, and then on to what it shows. */
export const within =
  (place: Shows) =>
  (name: string, show: Shows = async () => {}, rest: Omit<Scene, 'name' | 'show'> = {}): Scene => ({
    name,
    async show(stage) {
      await place(stage)
      await show(stage)
      return undefined
    },
    ...rest,
  })
