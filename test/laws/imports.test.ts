import { posix } from 'node:path'
import { init, parse } from 'es-module-lexer'
import { files, none, places, read, tree } from './tree.ts'

// The law of the house: server → routes → models → lib. Imports point down only, types included.
const floors = ['lib', 'models', 'routes', 'server']
const floor = (path: string) => floors.indexOf(path.split('/')[0]!)

/** `to` is a path of the tree, or the package that is named instead. */
type Import = { from: string; to: string; package?: string; typeOnly: boolean }
const arrow = ({ from, to }: Import) => `${from} → ${to}`

describe('law: imports', () => {
  const sources = floors.flatMap(name => files(name, '.ts'))
  let inner: Import[]
  let outer: Import[]

  before(async () => {
    await init()
    const all = sources.flatMap(importsOf)
    inner = all.filter(found => !found.package)
    outer = all.filter(found => found.package && !found.package.startsWith('node:'))
  })

  it('point down only: server → routes → models → lib, types included', () => {
    none(inner.filter(({ from, to }) => floor(to) > floor(from)).map(arrow))
  })

  it('reach nothing but those four floors, and existing files', () => {
    none(inner.filter(({ to }) => floor(to) < 0 || !tree.includes(to)).map(arrow))
  })

  it('go round in no circle', () => {
    none(circles(inner.filter(({ typeOnly }) => !typeOnly)))
  })

  it('name packages that production has', () => {
    const { dependencies } = JSON.parse(read('package.json'))
    const missing = outer.filter(found => !found.typeOnly && !(found.package! in dependencies))
    none(missing.map(arrow))
  })

  it('keep HTTP, pages and mail out of the domain', () => {
    const web = /^(express|ejs|nodemailer|multer|passport|csrf-sync|helmet|cookie|compression)\b/
    const domain = outer.filter(({ from }) => from.startsWith('models/'))
    none(domain.filter(found => web.test(found.package!)).map(arrow))
  })

  it('of types are written `import type` at the top, where this law sees them', () => {
    const hidden = sources.filter(path => {
      const code = read(path).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
      const run = parse(code)[0].filter(found => found.type === 'dynamic' && !found.probablyTypeOnly)
      return (code.match(/\bimport\s*\(/g) ?? []).length > run.length
    })
    none(hidden)
  })

  it('export by name only', () => {
    const defaults = sources.filter(path =>
      parse(read(path))[1].some(found => 'name' in found && found.name === 'default'),
    )
    none(defaults)
  })

  it('views import nothing', () => {
    none(places(files('views', '.ejs'), /\b(?:require|import)\s*\(|\bprocess\.|\bglobalThis\b/g))
  })

  it('scripts of the browser import only each other', () => {
    const scripts = files('public/js', '.js')
    const arrows = scripts.flatMap(importsOf).filter(({ to }) => !scripts.includes(to))
    none(arrows.map(arrow))
  })

  it('transactions are opened in lib/db.ts alone', () => {
    const others = sources.filter(path => path !== 'lib/db.ts')
    none(places(others, /\bsequelize\s*\.\s*transaction\s*\(/g))
  })
})

describe('law: names', () => {
  it('no file says service, manager, helper, util, common or misc', () => {
    const banned = /(?:^|[/_.-])(?:service|manager|helper|util|common|misc)s?(?=[/_.-])/
    none(tree.filter(path => banned.test(path)))
  })

  it('files are kebab-case', () => {
    const code = tree.filter(path => /\.(ts|mjs|js|ejs|css)$/.test(path))
    none(code.filter(path => !/(?:^|\/)_?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|d))?\.[a-z]+$/.test(path)))
  })
})

function importsOf(path: string): Import[] {
  return parse(read(path), path)[0].flatMap((found): Import[] => {
    if (found.type === 'import-meta' || !found.specifier) return []
    const typeOnly = found.type !== 'dynamic' && found.typeOnly
    if (/^\.\.?\//.test(found.specifier))
      return [{ from: path, to: posix.join(posix.dirname(path), found.specifier), typeOnly }]
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(found.specifier)![0]
    return [{ from: path, to: found.specifier, package: name, typeOnly }]
  })
}

/** Every circle once, as the path along it. */
function circles(imports: Import[]): string[] {
  const next = Map.groupBy(imports, ({ from }) => from)
  const done = new Set<string>()
  const found: string[] = []
  const follow = (path: string, trail: string[]) => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (trail.includes(path) || done.has(path)) return
    for (const { to } of next.get(path) ?? []) follow(to, [...trail, path])
    done.add(path)
  }
  for (const path of next.keys()) follow(path, [])
  return found
}
