/**
 * Groups that an object is a member of, nested ones included; cycles end. Azure roles flow through nested groups; directory roles don't.
 * @param memberOf direct groups by lower-cased object id @returns lower-cased ids, without the object itself
 */
export function transitiveGroups(id: string, memberOf: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const start = id.toLowerCase()
  const found = new Set<string>()
  const open = [start]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const group of memberOf.get(next) ?? []) {
      const lower = group.toLowerCase()
      if (lower === start || found.has(lower)) continue
      found.add(lower)
      open.push(lower)
    }
  }
  return [...found]
}
