type Present<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: NonNullable<T[K]>
}

/** Arguments without those that are null or left out: to GraphQL the two are the same, and operations know only the second. */
export function present<T extends object>(given: T): Present<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)) as Present<T>
}
