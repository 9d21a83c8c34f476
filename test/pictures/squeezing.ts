import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Makes a picture of a page small: pages have few colors, so each pixel becomes a number in a list of 256 of them. */

type Pixels = { width: number; height: number; rgb: Uint8Array }

/** @param png without transparency, as a browser writes it: eight bits a channel, not interlaced */
export function squeeze(png: Buffer): Buffer {
  const { width, height, rgb } = pixelsOf(png)
  const { palette, numbers } = fewColors(rgb)
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) rows.set(numbers.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits a pixel, numbers of a palette.
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette)),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function pixelsOf(png: Buffer): Pixels {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + size))
    at += size + 12
  }
  const [width, height, depth, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error(`A picture of kind ${kind} with ${depth} bits`)
  const channels = kind === 2 ? 3 : 4
  const all = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels)
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) rgb.set(all.subarray(i * channels, i * channels + 3), i * 3)
  return { width, height, rgb }
}

/** Undoes what each row says was done to it (PNG specification, section 9). */
function unfiltered(data: Buffer, size: number, step: number): Uint8Array {
  const rows = data.length / (size + 1)
  const out = new Uint8Array(rows * size)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < size; x++) {
      const at = y * size + x
      const left = x < step ? 0 : out[at - step]!
      const up = y === 0 ? 0 : out[at - size]!
      const corner = y === 0 || x < step ? 0 : out[at - size - step]!
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][data[y * (size + 1)]!]!
      out[at] = data[y * (size + 1) + 1 + x]! + guess
    }
  return out
}

/** Paeth: whichever of the three is nearest to left + up - corner. */
function nearest(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The 256 colors used most, and for each pixel the number of the one nearest to it. */
function fewColors(rgb: Uint8Array) {
  const pixels = rgb.length / 3
  const colorAt = (i: number) => (rgb[i * 3]! << 16) | (rgb[i * 3 + 1]! << 8) | rgb[i * 3 + 2]!
  const used = new Map<number, number>()
  for (let i = 0; i < pixels; i++) used.set(colorAt(i), (used.get(colorAt(i)) ?? 0) + 1)
  const kept = [...used].toSorted((a, b) => b[1] - a[1]).slice(0, 256)
  const channels = (color: number) => [color >> 16, (color >> 8) & 255, color & 255] as const
  const palette = kept.flatMap(([color]) => channels(color))
  const numberOf = new Map<number, number>()
  for (const color of used.keys()) {
    const away = kept.map(([other]) => distance(channels(color), channels(other)))
    numberOf.set(color, away.indexOf(Math.min(...away)))
  }
  return { palette, numbers: Uint8Array.from({ length: pixels }, (_, i) => numberOf.get(colorAt(i))!) }
}

const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0)

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
