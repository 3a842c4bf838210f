/** A piece of the page could not be loaded: after a deploy its old files are gone (or the network is). */
export const isMissingPiece = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script failed|error loading dynamically|unable to preload/iu.test(
    error.message,
  )
