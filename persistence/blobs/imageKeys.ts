/** Where both sizes of an image, of a person or a group, stand in the blob store. */
export const imageKeys = (image: string): readonly [large: string, small: string] => [
  `avatar/${image}`,
  `avatar/${image}-s`,
]

/** 16 random bytes, which may end in what tells the size too. */
const IMAGE_KEY = /^avatar\/([\w-]{22})(-s)?$/

/** The image whose key this is. */
export const imageOf = (key: string): string | null => IMAGE_KEY.exec(key)?.[1] ?? null
