import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** Where the files of a curriculum come from. Names are told in order. */
export type Files = {
  folders(): string[]
  /** Names of the files right in a folder; none when it is not there. */
  names(folder: string): string[]
  /** Undefined when there is no such file. */
  text(file: string): string | undefined
  bytes(file: string): Buffer | undefined
  /** How many bytes a file has; undefined when there is no such file. */
  size(file: string): number | undefined
}

/** The files under a folder of the disk. */
export function filesUnder(dir: string): Files {
  const entries = (folder: string) => {
    try {
      return readdirSync(path.join(dir, folder), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'))
    } catch {
      return []
    }
  }
  const named = (found: { name: string }[]) => found.map(({ name }) => name).toSorted()
  return {
    folders: () => named(readdirSync(dir, { withFileTypes: true }).filter(each => each.isDirectory())),
    names: folder => named(entries(folder).filter(entry => entry.isFile())),
    text: file => read(path.join(dir, file))?.toString('utf8'),
    bytes: file => read(path.join(dir, file)),
    size: file => statSync(path.join(dir, file), { throwIfNoEntry: false })?.size,
  }
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** A file whose bytes are kept apart: only its size is known. */
export type Apart = { size: number }

/** Files held in memory, by their names from the curriculum's folder (`RMC-01/L1.en.md`). */
export function heldFiles(files: ReadonlyMap<string, string | Buffer | Apart>): Files {
  const bytes = (file: string) => {
    const held = files.get(file)
    return held === undefined || isApart(held) ? undefined : Buffer.from(held)
  }
  const parted = [...files.keys()].map(file => file.split('/'))
  return {
    folders: () => [...new Set(parted.filter(parts => parts.length > 1).map(([folder]) => folder!))].toSorted(),
    names: folder => parted.flatMap(([first, name]) => (name && first === folder ? [name] : [])).toSorted(),
    text: file => bytes(file)?.toString(),
    bytes,
    size(file) {
      const held = files.get(file)
      return isApart(held) ? held.size : bytes(file)?.length
    },
  }
}

const isApart = (held: string | Buffer | Apart | undefined): held is Apart =>
  typeof held === 'object' && !Buffer.isBuffer(held)
