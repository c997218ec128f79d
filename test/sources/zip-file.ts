import { zipSync } from 'fflate'

/** A .zip with these files. */
export const zipOf = (files: Readonly<Record<string, string | Uint8Array | object>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        content instanceof Uint8Array ? content : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
      ]),
    ),
  )
