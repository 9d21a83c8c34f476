import { none, places, read, tree } from './tree.ts'

// What this law forbids is written here, and in the breaks that prove it.
const lawful = ['test/laws/text.test.ts', 'test/prove/laws.ts', 'docs/proofs.md', 'package-lock.json']
const text = tree.filter(path => !/\.(png|jpe?g|webp|ico|woff2?|ttf|pdf|gz|br)$/.test(path) && !lawful.includes(path))

describe('law: text', () => {
  it('no file names a folder of one machine', () => {
    const folders = /(?<![\w.${}*)-])\/(?:work|farm|tmp|root|home)\/[a-z]\w*/g
    none(places(text, folders))
  })

  it('no file names the address of a package registry', () => {
    const addresses = /registry\.(?:npmjs|yarnpkg)|npmmirror|deb\.debian\.org|pypi\.org/g
    none(places([...text, 'package-lock.json'], addresses))
  })

  it('no file holds work put off, or words that stand in for others', () => {
    const markers = /\b(?:TODO|FIXME|XXX|HACK)\b|[Ll]orem ipsum/g
    none(places(text, markers))
  })

  it('no file holds a private key', () => {
    none(places(text, /-----BEGIN [A-Z ]*PRIVATE KEY/g))
  })

  it('no test is left out or run alone', () => {
    const code = tree.filter(path => path.startsWith('test/') && !lawful.includes(path))
    none(places(code, /\b(?:it|describe|context)\.(?:skip|only)\b|\bx(?:it|describe)\(|\bthis\.skip\(/g))
  })

  it('every text file ends with a line break and holds no tab or space at the end of a line', () => {
    const ours = text.filter(path => /\.(ts|mjs|js|ejs|css|sql|json|md|yml|yaml)$/.test(path))
    none(ours.filter(path => read(path) !== '' && !read(path).endsWith('\n')))
    none(
      places(
        ours.filter(path => !path.endsWith('.md')),
        /[^\S\n]+$/gm,
      ),
    )
  })
})
