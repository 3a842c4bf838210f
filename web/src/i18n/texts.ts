/** The same keys with other words: what a translation must have. Plural forms a language lacks may be left out. */
export type Texts<T> = T extends string ? string : PluralsOptional<T>
type PluralsOptional<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: Texts<T[K]>
} & { [K in keyof T as K extends `${string}_one` ? K : never]?: Texts<T[K]> }
