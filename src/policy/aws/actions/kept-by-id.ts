import { actionCount } from './read-snapshot.ts'

/** Works something out about an action when it is first asked for, and keeps it: evaluators ask the same for every decision. */
export function keptById<Value>(workOut: (id: number) => Value): (id: number) => Value {
  const kept: (Value | undefined)[] = Array.from({ length: actionCount })
  return (id) => {
    const known = kept[id]
    if (known !== undefined) return known
    const value = workOut(id)
    kept[id] = value
    return value
  }
}
