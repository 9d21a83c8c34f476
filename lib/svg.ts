import sanitizeHtml from 'sanitize-html'

/** Why a picture cannot be used. `what` names the part of it, where there is one. */
export type PictureFault = { fault: 'broken' | 'part' | 'size'; what?: string }
export type Picture = { svg: string } | PictureFault

const SHAPES = ['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon']
const KEPT = [
  ...['svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'clipPath', 'mask', 'switch'],
  ...['linearGradient', 'radialGradient', 'stop', ...SHAPES],
]
// What editors leave behind: nobody misses it on paper.
const DROPPED = ['metadata', 'script', 'animate', 'animateTransform', 'set', 'view']
const PAINT = [
  ...['fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-miterlimit', 'stroke-dasharray', 'stroke-dashoffset', 'opacity', 'clip-path'],
  ...['clip-rule', 'mask', 'display', 'visibility', 'stop-color', 'stop-opacity', 'color', 'paint-order'],
]
const SHAPE = [
  ...[
    'id',
    'd',
    'x',
    'y',
    'x1',
    'x2',
    'y1',
    'y2',
    'cx',
    'cy',
    'r',
    'rx',
    'ry',
    'fx',
    'fy',
    'points',
    'width',
    'height',
  ],
  ...['viewBox', 'transform', 'gradientUnits', 'gradientTransform', 'spreadMethod', 'offset', 'preserveAspectRatio'],
  ...[
    'clipPathUnits',
    'maskUnits',
    'maskContentUnits',
    'pathLength',
    'version',
    'xmlns',
    'xmlns:xlink',
    'href',
    'xlink:href',
  ],
]

/**
 * An SVG with shapes and paint only: no script, no style sheet, no text, nothing fetched from elsewhere. `style="…"`
 * becomes attributes. A part that cannot be kept but would be missed is a fault that names it, not a logo that
 * silently looks different.
 */
export function cleanSvg(source: string): Picture {
  if (!/<svg[\s>]/.test(source)) return { fault: 'broken' }
  let missed: string | undefined
  const svg = sanitizeHtml(source.replace(/^\uFEFF/, '').replace(/<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>/i, ''), {
    allowedTags: KEPT,
    allowedAttributes: { '*': [...SHAPE, ...PAINT] },
    nonTextTags: [...DROPPED, 'style', 'text', 'foreignObject', 'image'],
    selfClosing: [...SHAPES, 'use', 'stop'],
    allowedSchemesAppliedToAttributes: [],
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    transformTags: {
      '*': (tag, attributes) => {
        const tagName = tag === 'a' ? 'g' : tag
        if (!KEPT.includes(tagName) && !DROPPED.includes(tagName) && !tagName.includes(':')) missed ??= tagName
        return { tagName, attribs: painted(attributes) }
      },
    },
  }).trim()
  if (missed) return { fault: 'part', what: missed }
  if (!svg.startsWith('<svg') || !SHAPES.some(shape => svg.includes(`<${shape}`))) return { fault: 'broken' }
  return { svg: svg.includes('xmlns="') ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"') }
}

/** A PNG or JPEG picture as an SVG document that carries it whole. */
export function svgAround(bytes: Buffer, type: 'image/png' | 'image/jpeg'): Picture {
  const size = type === 'image/png' ? sizeOfPng(bytes) : sizeOfJpeg(bytes)
  if (!size) return { fault: 'broken' }
  const [width, height] = size
  if (width < 16 || height < 16 || width > 6000 || height > 6000) return { fault: 'size', what: `${width} × ${height}` }
  const data = `data:${type};base64,${bytes.toString('base64')}`
  const box = `width="${width}" height="${height}"`
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" ${box} viewBox="0 0 ${width} ${height}"><image href="${data}" ${box}/></svg>`,
  }
}

function painted({ style, ...attributes }: Record<string, string>): Record<string, string> {
  const all = { ...attributes, ...declarations(style ?? '') }
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => stays(name, value)))
}

function declarations(style: string): Record<string, string> {
  const pairs = style.split(';').map(part => part.split(':').map(side => side.trim()))
  return Object.fromEntries(pairs.filter(([name, value]) => name && value && PAINT.includes(name)))
}

// References stay inside the document.
function stays(name: string, value: string) {
  if (/href$/.test(name)) return /^#[\w.-]+$/.test(value)
  return !/url\(/i.test(value) || /^url\(\s*['"]?#[\w.-]+['"]?\s*\)$/i.test(value)
}

function sizeOfPng(bytes: Buffer): [number, number] | undefined {
  return bytes.length > 32 && bytes.toString('latin1', 12, 16) === 'IHDR'
    ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
    : undefined
}

/** Walks the segments of a JPEG to its frame header. */
function sizeOfJpeg(bytes: Buffer): [number, number] | undefined {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}
