import { accountScenes, emptyScenes } from './accountScenes.ts'
import { checkScenes, missedScene } from './checkScenes.ts'
import { endScenes } from './endScenes.ts'
import { groupScenes } from './groupScenes.ts'
import { lobbyScenes } from './lobbyScenes.ts'
import { mediaScenes } from './mediaScenes.ts'
import { passkeyScenes } from './passkeyScenes.ts'
import { peopleScenes } from './peopleScenes.ts'
import { roomScenes } from './roomScenes.ts'
import type { Scene } from './Scene.ts'
import { settingsScenes } from './settingsScenes.ts'
import { studyScenes } from './studyScenes.ts'

export { emptyScenes }

/** Every screen, dialog and state that is looked at. A new screen gets its row in the list of its part. */
export const scenes: readonly Scene[] = [
  ...lobbyScenes,
  ...roomScenes,
  ...checkScenes,
  ...mediaScenes,
  ...peopleScenes,
  ...groupScenes,
  ...studyScenes,
  ...settingsScenes,
  ...accountScenes,
  ...passkeyScenes,
  missedScene,
  // What ends something comes last.
  ...endScenes,
]
