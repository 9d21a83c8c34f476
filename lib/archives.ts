import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

export type ArchiveEntry = { name: string; size: number; at: Temporal.Instant; open: () => Readable }

/**
 * A ZIP archive as a stream: one file is open at a time, nothing is held as a whole. Its parts are stored as they are,
 * so that its length is known before. `close` lets go of the file being read when the reader has gone.
 * @returns the stream, its length in bytes, and `close`
 */
export async function archiveOf(
  entries: ArchiveEntry[],
): Promise<{ stream: Readable; size: number; close: () => void }> {
  const zip = new ZipFile()
  const stream = zip.outputStream as Readable
  let reading: Readable | undefined
  for (const { name, size, at, open } of entries)
    zip.addReadStreamLazy(
      name,
      { size, compress: false, mtime: new Date(at.epochMilliseconds), mode: 0o100644 },
      done => {
        reading = open()
        reading.on('error', error => stream.destroy(error))
        done(null, reading)
      },
    )
  zip.on('error', error => stream.destroy(error as Error))
  const size = await new Promise<number>(resolve => {
    const calculated = resolve as unknown as () => void
    zip.end({ forceZip64Format: false, comment: '' }, calculated)
  })
  return { stream, size, close: () => reading?.destroy() }
}
