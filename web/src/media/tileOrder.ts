export type Tile = {
  /** `userId source`: unique in a room. */
  readonly key: string
  readonly userId: string
  readonly source: 'camera' | 'screen'
  readonly mine: boolean
}

export const tileKey = (userId: string, source: Tile['source']): string => `${userId} ${source}`

type Shown = {
  readonly tiles: readonly Tile[]
  /** Key of the tile that was chosen to be large, if it is there. */
  readonly pinned: string | null
  readonly layout: 'grid' | 'speaker'
  /** Who spoke last and has a camera: stays until somebody else speaks, so that nothing jumps. */
  readonly speaker: string
}

/**
 * Which tile is large: the pinned one, else a shared screen, else by layout whoever spoke last, never oneself while there is
 * somebody else. Without a large one all are alike, in the order of the desks with oneself last.
 */
export function arrangeTiles({ tiles, pinned, layout, speaker }: Shown): { main: Tile | null; rest: readonly Tile[] } {
  const ordered = [...tiles.filter((tile) => !tile.mine), ...tiles.filter((tile) => tile.mine)]
  const speakerTile = ordered.find((tile) => tile.source === 'camera' && tile.userId === speaker && !tile.mine)
  const main =
    ordered.find((tile) => tile.key === pinned) ??
    ordered.find((tile) => tile.source === 'screen') ??
    (layout === 'speaker' && ordered.length > 1 ? (speakerTile ?? ordered[0]) : undefined) ??
    null
  return { main, rest: ordered.filter((tile) => tile !== main) }
}
