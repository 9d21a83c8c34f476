import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import express from 'express'
import request, { type Response } from 'supertest'
import { loadAssets } from '../../lib/assets.ts'
import { bundles } from '../../lib/bundles.ts'
import { minifyCss } from '../../lib/minify-css.ts'

const publicDir = fileURLToPath(new URL('../../public', import.meta.url))

describe('assets', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'rtcm-assets-'))
    mkdirSync(join(dir, 'css'))
    mkdirSync(join(dir, 'js'))
    writeFileSync(join(dir, 'css/a.css'), '/* a */ a { color: red; }\n')
    writeFileSync(join(dir, 'css/b.css'), 'b { color: blue }\n'.repeat(100))
    writeFileSync(join(dir, 'js/x.js'), 'export const x = 1\n')
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const load = () => loadAssets(dir, { 'css/site.css': ['css/a.css', 'css/b.css'] })
  const appOf = (assets: ReturnType<typeof load>) => express().use(assets.middleware)

  it('a file has an address with its content in it, and a new one when the content changes', () => {
    const before = load()
    expect(before.url('js/x.js')).to.match(/^\/assets\/js\/x\.[\w-]{12}\.js$/)
    writeFileSync(join(dir, 'js/x.js'), 'export const x = 2\n')
    const after = load()
    expect(after.url('js/x.js')).not.to.equal(before.url('js/x.js'))
    expect(after.url('css/site.css')).to.equal(before.url('css/site.css'))
  })

  it('an unknown name is an error at once, and bundled parts have no address of their own', () => {
    expect(() => load().url('js/none.js')).to.throw('No such asset: js/none.js')
    expect(() => load().url('css/a.css')).to.throw('No such asset')
  })

  it('a file is answered with its type, kept for a year, and never guessed at', async () => {
    const assets = load()
    const answer = await request(appOf(assets)).get(assets.url('js/x.js')).expect(200)
    expect(answer.headers['content-type']).to.equal('text/javascript; charset=utf-8')
    expect(answer.headers['cache-control']).to.equal('public, max-age=31536000, immutable')
    expect(answer.headers['x-content-type-options']).to.equal('nosniff')
    expect(answer.headers.vary).to.equal('Accept-Encoding')
  })

  it('brotli is preferred, gzip is next, and who takes neither gets plain bytes', async () => {
    const assets = load()
    const get = (encoding: string) =>
      request(appOf(assets)).get(assets.url('css/site.css')).set('Accept-Encoding', encoding)
    expect((await get('gzip, deflate, br').buffer(false).parse(drain)).headers['content-encoding']).to.equal('br')
    const gzip = await get('gzip')
    expect(gzip.headers['content-encoding']).to.equal('gzip')
    expect(Number(gzip.headers['content-length'])).to.be.below(200)
    expect(gzip.text).to.match(/^a{color:red}\nb{color:blue}/)
    const plain = await get('identity')
    expect(plain.headers).not.to.have.property('content-encoding')
  })

  it('who has it already gets 304, and HEAD has no body', async () => {
    const assets = load()
    const { headers } = await request(appOf(assets)).get(assets.url('js/x.js'))
    await request(appOf(assets)).get(assets.url('js/x.js')).set('If-None-Match', headers.etag!).expect(304)
    const head = await request(appOf(assets)).head(assets.url('js/x.js')).expect(200)
    expect(head.text).to.equal(undefined)
  })

  it('an old or unknown address, a climb out of the folder and a post pass on', async () => {
    const assets = load()
    const app = appOf(assets)
    await request(app).get('/assets/js/x.js').expect(404)
    await request(app).get('/assets/../package.json').expect(404)
    await request(app).post(assets.url('js/x.js')).expect(404)
  })
})

describe('the style sheet', () => {
  it('is at most 20 kB gzip', async () => {
    const assets = loadAssets(publicDir, bundles)
    const answer = await request(express().use(assets.middleware))
      .get(assets.url('css/site.css'))
      .set('Accept-Encoding', 'identity')
    expect(gzipSync(answer.text, { level: 9 }).length).to.be.below(20_000)
  })

  it('takes in every css file of the public folder', () => {
    const own = Object.values(bundles).flat()
    for (const name of readdirSync(join(publicDir, 'css'))) expect(own).to.include(`css/${name}`)
  })

  it('loses comments and white space but no meaning', () => {
    const css = `/* { */ a > b , c {\n  color : red ;\n  width: calc(1px + 2px);\n  content: "/* kept;  */";\n  background: url(data:x;y, z);\n}\n`
    expect(minifyCss(css)).to.equal(
      'a > b,c{color :red;width:calc(1px + 2px);content:"/* kept;  */";background:url(data:x;y, z)}',
    )
  })
})

function drain(answer: Response, done: (error: Error | null, body: null) => void) {
  answer.on('data', () => {})
  answer.on('end', () => done(null, null))
}
