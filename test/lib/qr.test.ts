import { expect } from 'chai'
import jsQR from 'jsqr'
import { qrSvg } from '../../lib/qr.ts'

describe('qr codes', () => {
  it('a reader finds the address that went in', async () => {
    const address = 'https://rtcm.az/verify/RTCM-2347-9DFG-HJKM-NQRT-VWX2'
    const { data, size } = pixelsOf(await qrSvg(address))
    expect(jsQR.default(data, size, size)?.data).to.equal(address)
  })

  it('a code is a complete picture without a quiet zone and without anything that runs or loads', async () => {
    const svg = await qrSvg('https://rtcm.az/')
    expect(svg).to.match(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(svg).to.match(/viewBox="0 0 (\d+) \1"/)
    expect(svg).not.to.match(/<script|href|<image/)
  })

  it('a text too long for any code is refused', async () => {
    let refused = ''
    await qrSvg('x'.repeat(3000)).catch(error => {
      refused = error.message
    })
    expect(refused).to.match(/too big/i)
  })
})

/** Draws the horizontal strokes of the picture, four pixels to a module, with a quiet zone of four modules. */
function pixelsOf(svg: string) {
  const modules = Number(svg.match(/viewBox="0 0 (\d+)/)?.[1])
  const strokes = svg.match(/stroke="#000000" d="([^"]+)"/)?.[1] ?? ''
  const size = (modules + 8) * 4
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  let [x, y] = [0, 0]
  for (const [, command, arguments_ = ''] of strokes.matchAll(/([Mmh])([^Mmh]*)/g)) {
    const [first = 0, second = 0] = arguments_.trim().split(/[ ,]+/).map(Number)
    if (command === 'h') {
      for (let module = x; module < x + first; module += 1) dark(module, Math.floor(y))
      x += first
    } else {
      x = command === 'M' ? first : x + first
      y = command === 'M' ? second : y + second
    }
  }
  return { data, size }

  function dark(column: number, row: number) {
    for (let i = 0; i < 16; i += 1) {
      const pixel = ((row + 4) * 4 + Math.floor(i / 4)) * size + (column + 4) * 4 + (i % 4)
      data.fill(0, pixel * 4, pixel * 4 + 3)
    }
  }
}
