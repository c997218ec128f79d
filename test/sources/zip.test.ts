import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32, deflateRawSync } from 'node:zlib'
import { factsOf, folderOf, read } from './reading.ts'
import { smallAccountFacts, smallAccountText } from './small-account.ts'

interface Entry {
  readonly name: string
  readonly content: Buffer
  readonly method?: number
  readonly flags?: number
  /** What the archive claims; true unless given. */
  readonly size?: number
  readonly crc?: number
  /** So many bytes of the packed content are not there. */
  readonly cutBy?: number
  /** Sizes and offsets in the extra field, as for files of more than 4 GiB. */
  readonly zip64?: boolean
}

/** A .zip byte by byte, for what no library writes. */
function rawZip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const whole = entry.method === 0 ? entry.content : deflateRawSync(entry.content)
    const packed = whole.subarray(0, whole.length - (entry.cutBy ?? 0))
    const local = Buffer.concat([
      header(30, [
        [0, 0x04034b50, 4],
        [26, entry.name.length, 2],
      ]),
      Buffer.from(entry.name),
      packed,
    ])
    centrals.push(central(entry, packed.length, entry.size ?? entry.content.length, offset))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = header(22, [
    [0, 0x06054b50, 4],
    [10, entries.length, 2],
    [12, directory.length, 4],
    [16, offset, 4],
  ])
  return Buffer.concat([...locals, directory, end])
}

function central(entry: Entry, packedSize: number, size: number, offset: number): Buffer {
  const full = 0xffffffff
  const extra = Buffer.alloc(entry.zip64 === true ? 28 : 0)
  if (entry.zip64 === true) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    for (const [index, value] of [size, packedSize, offset].entries()) extra.writeBigUInt64LE(BigInt(value), 4 + index * 8)
  }
  const fields: Field[] = [
    [0, 0x02014b50, 4],
    [8, entry.flags ?? 0, 2],
    [10, entry.method ?? 8, 2],
    [16, entry.crc ?? crc32(entry.content), 4],
    [28, entry.name.length, 2],
    [30, extra.length, 2],
  ]
  const sizes: Field[] = [
    [20, extra.length > 0 ? full : packedSize, 4],
    [24, extra.length > 0 ? full : size, 4],
    [42, extra.length > 0 ? full : offset, 4],
  ]
  return Buffer.concat([header(46, [...fields, ...sizes]), Buffer.from(entry.name), extra])
}

type Field = readonly [offset: number, value: number, bytes: number]

function header(length: number, fields: readonly Field[]): Buffer {
  const buffer = Buffer.alloc(length)
  for (const [offset, value, bytes] of fields) buffer.writeUIntLE(value, offset, bytes)
  return buffer
}

const content = Buffer.from(smallAccountText)

test.each<[string, Partial<Entry>]>([
  ['packed', {}],
  ['stored', { method: 0 }],
  ['with the fields of large files', { zip64: true }],
])('an entry that is %s is read', async (_how, entry) => {
  const facts = await read(await folderOf({ 'x.zip': rawZip([{ name: 'export.json', content, ...entry }]) }))
  expect(facts.findings).toEqual([])
  expect(factsOf(facts)).toEqual(smallAccountFacts)
})

test.each<[string, Partial<Entry>, string]>([
  ['is encrypted', { flags: 1 }, 'encrypted'],
  ['is packed by a method that is not known', { method: 12 }, 'method 12'],
  ['has another size than it says', { size: 7 }, 'damaged'],
  ['has another checksum than it says', { crc: 7 }, 'damaged'],
  ['breaks off', { cutBy: 1 }, 'damaged'],
])('an entry that %s is refused and the others are read', async (_how, entry, reason) => {
  const facts = await read(
    await folderOf({
      'x.zip': rawZip([
        { name: 'bad.json', content: Buffer.from('{}'), ...entry },
        { name: 'export.json', content },
      ]),
    }),
  )
  expect(facts.findings.filter(({ code }) => code === 'ARCHIVE_UNREADABLE')).toMatchObject([
    { file: expect.stringMatching(/x\.zip!bad\.json$/), message: expect.stringContaining(reason) },
  ])
  expect(factsOf(facts)).toEqual(smallAccountFacts)
})

test('an entry that breaks off keeps what was whole before the break', async () => {
  const archive = rawZip([{ name: 'export.json', content, cutBy: 200 }])
  const facts = await read(await folderOf({ 'x.zip': archive }))
  expect(facts.findings.map(({ code }) => code)).toContain('ARCHIVE_UNREADABLE')
  expect(facts.entity('arn:aws:iam::111122223333:user/people/ada')).toBeDefined()
  expect(facts.coverages).toMatchObject([{ complete: false }])
})

test('a bomb is stopped before it goes off', async () => {
  const bomb = rawZip([{ name: 'bomb.json', content: Buffer.alloc(160 * 1024 * 1024, ' ') }])
  const facts = await read(await folderOf({ 'bomb.zip': bomb, 'export.json': smallAccountText }))
  expect(facts.findings).toMatchObject([{ code: 'ARCHIVE_UNREADABLE', message: expect.stringContaining('200 times') }])
  expect(factsOf(facts)).toEqual(smallAccountFacts)
})

test('an archive with any bytes changed never throws: it is read, or refused with a finding', async () => {
  const archive = rawZip([
    { name: 'a.json', content: Buffer.from('{"x":1}'), zip64: true },
    { name: 'b.json', content: Buffer.from('{"y":2}'), method: 0 },
  ])
  const change = fc.tuple(fc.nat(archive.length - 1), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const changed = Buffer.from(archive)
      for (const [at, byte] of changes) changed[at] = byte
      const { findings } = await read(await folderOf({ 'x.zip': changed }))
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.filter(({ code }) => code === 'FILE_UNREADABLE')).toEqual([])
    }),
    { numRuns: 400 },
  )
})
