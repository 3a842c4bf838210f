/** Where both sizes of an image, of a person or a group, stand in the blob store. */
export const imageKeys = (image: string): readonly [large: string, small: string] => [
  `avatar/${image}`,
  `avatar/${image}-s`,
]
