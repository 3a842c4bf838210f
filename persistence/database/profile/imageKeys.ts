/** Where both sizes of a person's image stand in the blob store. */
export const imageKeys = (image: string): readonly [large: string, small: string] => [
  `avatar/${image}`,
  `avatar/${image}-s`,
]
