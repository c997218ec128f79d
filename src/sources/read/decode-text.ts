/**
 * Bytes of an export as text: UTF-8 with or without byte order mark, or UTF-16 of either order, which PowerShell's `>` writes. Without a
 * mark UTF-16 shows by its NUL bytes, since JSON begins with an ASCII character.
 */

export type TextPiece = { readonly text: string } | { readonly fault: string }

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Ends with a fault where bytes don't belong to the encoding; the text before them comes first. */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextPiece> {
  let encoding: Encoding | undefined
  let decoder = new TextDecoder()
  let head: Uint8Array = new Uint8Array()
  for await (const chunk of chunks) {
    let bytes = chunk
    if (encoding === undefined) {
      bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      head = bytes
      if (bytes.length < 4) continue
      encoding = encodingOf(bytes)
      decoder = new TextDecoder(encoding, { fatal: true })
    }
    const piece = decode(decoder, bytes, encoding, true)
    yield* piece
    if (piece.some((part) => 'fault' in part)) return
  }
  if (encoding === undefined) {
    encoding = encodingOf(head)
    decoder = new TextDecoder(encoding, { fatal: true })
    yield* decode(decoder, head, encoding, false)
  } else yield* decode(decoder, new Uint8Array(), encoding, false)
}

function encodingOf(head: Uint8Array): Encoding {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0 && second !== undefined && second !== 0) return 'utf-16be'
  return second === 0 && first !== undefined && first !== 0 ? 'utf-16le' : 'utf-8'
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, encoding: Encoding, stream: boolean): readonly TextPiece[] {
  try {
    return [{ text: decoder.decode(bytes, { stream }) }]
  } catch {
    const readable = new TextDecoder(encoding).decode(bytes)
    const until = readable.indexOf('\u{FFFD}')
    return [{ text: until < 0 ? readable : readable.slice(0, until) }, { fault: `bytes that are not ${encoding.toUpperCase()}` }]
  }
}
