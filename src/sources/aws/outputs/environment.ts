import { listOf, name, struct } from '../schema.ts'

/** Environment variables are known by their names; their values may be secrets and are not looked at. */

export const variables = listOf(struct({ Name: name }))

/** `secrets` are variables too, whose values are fetched when the container starts. */
export const container = struct({ Environment: variables, Secrets: variables })

interface Container {
  readonly Environment: readonly { readonly Name: string }[]
  readonly Secrets: readonly { readonly Name: string }[]
}

export const environmentKeys = (containers: readonly Container[]): readonly string[] =>
  namesOf(containers.flatMap(({ Environment, Secrets }) => [...Environment, ...Secrets]))

export const namesOf = (list: readonly { readonly Name: string }[]): readonly string[] => [...new Set(list.map(({ Name }) => Name))].sort()
