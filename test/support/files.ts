import { strToU8, zipSync } from 'fflate'

/** Small files of each kind, as programs write them, and hostile ones: for tests of what is taken in. */

const office = (main: string, part: string, more: Record<string, string | Uint8Array> = {}) =>
  Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(
        `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/></Types>`,
      ),
      '_rels/.rels': strToU8('<Relationships/>'),
      [part]: strToU8('<document/>'),
      ...Object.fromEntries(
        Object.entries(more).map(([name, body]) => [name, typeof body === 'string' ? strToU8(body) : body]),
      ),
    }),
  )

const openDocument = (kind: string, more: Record<string, Uint8Array> = {}) =>
  Buffer.from(
    zipSync({
      mimetype: [strToU8(`application/vnd.oasis.opendocument.${kind}`), { level: 0 }],
      'content.xml': strToU8('<office:document-content/>'),
      ...more,
    }),
  )

export const pdf = (text = 'Terms') =>
  Buffer.from(`%PDF-1.7\n% ${text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
export const png = () =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
export const docx = (more = {}) => office('wordprocessingml.document', 'word/document.xml', more)
export const pptx = () => office('presentationml.presentation', 'ppt/presentation.xml')
export const xlsx = (more = {}) => office('spreadsheetml.sheet', 'xl/workbook.xml', more)
export const odt = (more = {}) => openDocument('text', more)
export const odp = () => openDocument('presentation')
export const ods = () => openDocument('spreadsheet')
export const archive = () => Buffer.from(zipSync({ 'a.txt': strToU8('a') }))
export const jpeg = () => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
export const webp = () => Buffer.from('52494646240000005745425056503820180000003001009d012a0100010002003425a400', 'hex')
export const mp3 = () =>
  Buffer.concat([Buffer.from('49443304000000000000', 'hex'), Buffer.from('fffb90640000', 'hex'), Buffer.alloc(800)])
export const mp4 = () => Buffer.from('0000001c6674797069736f6d0000020069736f6d69736f326d703431000000086d646174', 'hex')
export const exe = () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(120), Buffer.from('PE\0\0')])
export const elf = () => Buffer.concat([Buffer.from([0x7f]), Buffer.from('ELF'), Buffer.alloc(60)])
export const oldWord = () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
export const macros = () => docx({ 'word/vbaProject.bin': 'x' })
export const macroType = () =>
  Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(
        '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
      ),
      'word/document.xml': strToU8('<document/>'),
    }),
  )
export const nestedProgram = () => xlsx({ 'xl/embeddings/run.exe': 'MZ' })
export const openMacros = () => odt({ 'Basic/Standard/Module1.xml': strToU8('<script/>') })

/** An archive whose directory says that one part is far larger than all that came: 600 MB of nothing. */
export function bomb(): Buffer {
  const bytes = docx({ 'word/media/image1.png': new Uint8Array(1000) })
  const at = bytes.lastIndexOf('word/media/image1.png') - 46
  bytes.writeUInt32LE(600 * 1024 * 1024, at + 24)
  return bytes
}

/** So many parts that only the list of them is a burden. */
export const crowd = () => docx(Object.fromEntries(Array.from({ length: 5200 }, (_, n) => [`word/media/${n}.xml`, ''])))

/** A part locked with a password, by the mark in the directory. */
export function locked(): Buffer {
  const bytes = docx()
  const at = bytes.lastIndexOf('word/document.xml') - 46
  bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8)
  return bytes
}

/** An archive of which the end did not arrive. */
export const cutOff = () => docx().subarray(0, 120)
