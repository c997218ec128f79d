import type { Entity, Usage } from './answers.ts'

/** Last uses as the provider tells them: `s3:GetObject 2026-10-01T00:00:00.000Z`, `s3 never`. */
export function usageOf({ properties }: Entity): Usage[] {
  return (properties.usage ?? []).map((line) => {
    const [action = '', when = 'never'] = line.split(' ')
    return { action, lastUsed: when === 'never' ? null : when }
  })
}
