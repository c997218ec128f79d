type Fields<Parent, Name extends keyof Parent> = { readonly [N in Name]-?: (parent: Parent) => Parent[N] }

/** Resolvers of fields that the parent holds under the same name; the generated types demand that none is missing. */
export function fields<Parent>() {
  return <const Name extends keyof Parent & string>(...names: readonly Name[]): Fields<Parent, Name> =>
    Object.fromEntries(names.map((name) => [name, (parent: Parent) => parent[name]])) as Fields<Parent, Name>
}
