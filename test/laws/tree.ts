import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AssertionError } from 'chai'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const notOurs = new Set(['.git', 'node_modules', 'var', 'uploads', 'coverage'])

/** Every file of the project as a path from its root, but for what is installed, kept or uploaded. */
export const tree: string[] = walk('').sort()

/** The files of the tree under a folder with one of the endings: `files('views', '.ejs')`. */
export const files = (folder: string, ...endings: string[]): string[] =>
  tree.filter(path => path.startsWith(`${folder}/`) && (!endings.length || endings.some(end => path.endsWith(end))))

export const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')

/** Where in a text something begins, as an editor shows it. */
export const line = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Every place that matches, as 'file:line match'. The pattern needs the flag g. */
export const places = (paths: string[], pattern: RegExp, text = read): string[] =>
  paths.flatMap(path => {
    const source = text(path)
    return [...source.matchAll(pattern)].map(hit => `${path}:${line(source, hit.index)} ${hit[0].trim().slice(0, 100)}`)
  })

/** Fails with every one of what was found, each on a line. */
export function none(found: unknown[], what = '') {
  const lines = found.map(each => `  ${typeof each === 'string' ? each : JSON.stringify(each)}`)
  if (lines.length) throw new AssertionError(`${what}${what && ': '}found ${lines.length}\n${lines.join('\n')}`)
}

function walk(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap(entry => {
    if (folder === '' && notOurs.has(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : []
  })
}
