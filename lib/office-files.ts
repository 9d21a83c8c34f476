import yauzl, { type Entry, type ZipFile } from 'yauzl'

/** What a ZIP archive is by its directory, or why it is none that people should be given. */
export type Office = 'docx' | 'pptx' | 'xlsx' | 'odt' | 'odp' | 'ods'
export type OfficeFault = 'macros' | 'bomb' | 'locked' | 'broken' | 'archive'

/** An archive is looked at by its directory: so many entries, and so many bytes once unpacked, are a document's at most. */
const MOST_ENTRIES = 5000
const MOST_BYTES = 500 * 1024 * 1024
/** The two small parts that name the kind are read, up to so many bytes. */
const MOST_READ = 256 * 1024

const TYPES = '[Content_Types].xml'
const MIMETYPE = 'mimetype'

const OPEN_XML: [string, Office][] = [
  ['wordprocessingml.document.main+xml', 'docx'],
  ['presentationml.presentation.main+xml', 'pptx'],
  ['presentationml.slideshow.main+xml', 'pptx'],
  ['spreadsheetml.sheet.main+xml', 'xlsx'],
]
const OPEN_DOCUMENT: Record<string, Office> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
}

/** Parts that hold programs: macros, controls, and sheets of macros. */
const PROGRAMS =
  /vbaProject|vbaData|^Basic\/|^Scripts\/|\/activeX\/|\/macrosheets\/|\.(exe|dll|js|vbs|jar|class|com|scr)$/i

/**
 * The kind of an office document. Nothing is unpacked but its list of parts: what it would grow to is taken from the
 * directory, so that an archive made to fill a disk fills nothing.
 */
export async function officeIn(path: string): Promise<Office | { fault: OfficeFault }> {
  let zip: ZipFile
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false })
  } catch {
    return { fault: 'broken' }
  }
  try {
    return await look(zip)
  } catch {
    return { fault: 'broken' }
  } finally {
    zip.close()
  }
}

/**
 * Whether the parts of an archive, read to their ends, stay within so many bytes. What its directory says of them is not
 * believed; nothing is kept of what is read.
 */
export async function unpacksWithin(path: string, most: number): Promise<boolean> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false })
  try {
    let bytes = 0
    for await (const entry of zip.eachEntry())
      for await (const part of await zip.openReadStreamPromise(entry)) {
        bytes += part.length
        if (bytes > most) return false
      }
    return true
  } catch {
    return false
  } finally {
    zip.close()
  }
}

async function look(zip: ZipFile): Promise<Office | { fault: OfficeFault }> {
  if (zip.entryCount > MOST_ENTRIES) return { fault: 'bomb' }
  const parts = new Map<string, Entry>()
  let bytes = 0
  for await (const entry of zip.eachEntry()) {
    bytes += entry.uncompressedSize
    if (bytes > MOST_BYTES) return { fault: 'bomb' }
    if (entry.isEncrypted()) return { fault: 'locked' }
    if (PROGRAMS.test(entry.fileName)) return { fault: 'macros' }
    parts.set(entry.fileName, entry)
  }
  const types = parts.get(TYPES)
  const mimetype = parts.get(MIMETYPE)
  if (types) return openXml(await beginningOf(zip, types))
  if (mimetype) return OPEN_DOCUMENT[(await beginningOf(zip, mimetype)).trim()] ?? { fault: 'archive' }
  return { fault: 'archive' }
}

function openXml(types: string): Office | { fault: OfficeFault } {
  if (/macroEnabled|vbaProject/i.test(types)) return { fault: 'macros' }
  return OPEN_XML.find(([type]) => types.includes(type))?.[1] ?? { fault: 'archive' }
}

async function beginningOf(zip: ZipFile, entry: Entry): Promise<string> {
  const stream = await zip.openReadStreamPromise(entry)
  const read: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    read.push(part)
    size += part.length
    if (size >= MOST_READ) break
  }
  return Buffer.concat(read).toString('utf8')
}
