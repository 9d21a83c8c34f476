import { posix } from 'node:path'
import { expect } from 'chai'
import { none, read, tree } from './tree.ts'

const readme = read('README.md')
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts

/** The commands of the shell blocks, in order, without prompts and comments. */
const commands = [...readme.matchAll(/^```(?:sh|bash|shell|console)\n([\s\S]*?)^```/gm)]
  .flatMap(([, block]) => block!.split('\n'))
  .map(each =>
    each
      .replace(/^\$ /, '')
      .replace(/\s+#.*$/, '')
      .trim(),
  )
  .filter(each => each !== '' && !each.startsWith('#'))

describe('law: README', () => {
  it('begins with the two commands: npm start, npm test', () => {
    expect(commands.slice(0, 2)).to.deep.equal(['npm start', 'npm test'])
  })

  it('the two commands, and every other script, install what is missing first', () => {
    const main = Object.keys(scripts).filter(
      name => !scripts[`pre${name}`] && !(name.startsWith('pre') && scripts[name.slice(3)]),
    )
    none(main)
    for (const [name, script] of Object.entries(scripts))
      if (name.startsWith('pre') && scripts[name.slice(3)]) expect(script, name).to.equal('node bin/bootstrap.mjs')
  })

  it('names only scripts that exist', () => {
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(hit => hit[1]!)
    none(named.filter(name => !scripts[name]))
  })

  it('names only files and folders that exist', () => {
    const named = [
      ...readme.matchAll(
        /(?:`|\]\()((?:bin|docs|server|routes|models|lib|views|curriculum|migrations|locales|public|test|bench|\.ci)\/[\w./-]*)/g,
      ),
    ].map(hit => posix.normalize(hit[1]!).replace(/\/$/, ''))
    const missing = named.filter(path => !tree.some(file => file === path || file.startsWith(`${path}/`)))
    none(missing)
  })
})
