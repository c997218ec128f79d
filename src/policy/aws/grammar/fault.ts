import type { PolicyFault } from '../types.ts'

/** Nothing can be told of the statement or document. */
export function unreadable(place: string, message: string): PolicyFault {
  return { place, message, severity: 'unreadable' }
}

/** AWS would not accept it today, but what it says is clear. */
export function rejected(place: string, message: string): PolicyFault {
  return { place, message, severity: 'rejected' }
}

/** Place of a value in a list; a single value has the place of the element. */
export function placeOf(element: string, value: unknown, index: number): string {
  return Array.isArray(value) ? `${element}[${index}]` : element
}
