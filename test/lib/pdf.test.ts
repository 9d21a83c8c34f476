import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { extractText } from 'unpdf'
import { createPdfMaker, PdfFailure, type PdfMaker, type PdfMakerOptions } from '../../lib/pdf.ts'

const TEMPLATES = {
  note: '#set document(title: "Note", date: none)\n#set text(font: "Noto Sans", fallback: false)\n#sys.inputs.text',
  slow: '#set document(title: "Slow")\n#for a in range(100000) { for b in range(100000) { let c = a } }',
  broken: '#set document(title: "Broken")\n#no-such-function()',
  spy: '#set document(title: "Spy")\n#read("../secret.txt")',
  untold: '#set document(title: "Untold")\n#image(bytes(sys.inputs.svg), format: "svg")',
}

describe('the maker of PDF documents', function () {
  this.timeout(30_000)
  let folder: string
  let maker: PdfMaker

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rtcm-pdf-'))
    for (const [name, text] of Object.entries(TEMPLATES)) writeFileSync(join(folder, `${name}.typ`), text)
  })
  after(() => rmSync(folder, { recursive: true }))
  beforeEach(() => open())
  afterEach(() => maker.close())

  it('starts no process before the first document', async () => {
    expect(maker.pid).to.equal(undefined)
    expect(await textOf('Hello')).to.equal('Hello')
    expect(maker.pid).to.be.a('number')
  })

  it('answers many at once, each with its own document', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `Document number ${i}`)
    expect(await Promise.all(texts.map(textOf))).to.deep.equal(texts)
  })

  it('prints markup in a text literally', async () => {
    const text = '#eval("1+1") *bold* _slant_ $x^2$ = Title @ref <label> #read("/etc/passwd") \\ [ ] `raw` // end'
    expect(await textOf(text)).to.equal(text)
  })

  it('gives the same bytes for the same inputs, also from another process', async () => {
    open({ recycleAfter: 1 })
    const [first, second] = [await maker.make('note', { text: 'A' }), await maker.make('note', { text: 'A' })]
    expect(first.equals(second)).to.equal(true)
  })

  it('replaces its process after the set number of documents', async () => {
    open({ recycleAfter: 2 })
    await textOf('one')
    const first = maker.pid!
    await textOf('two')
    await textOf('three')
    expect(maker.pid).to.be.a('number').and.not.equal(first)
    await gone(first)
  })

  it('survives the death of its process: that document fails, the waiting one is made', async () => {
    await textOf('warm')
    const lost = failure(maker.make('slow', {}))
    const waiting = textOf('after')
    process.kill(maker.pid!, 'SIGKILL')
    expect((await lost).reason).to.equal('crash')
    expect((await lost).message).to.match(/^slow: .*SIGKILL/)
    expect(await waiting).to.equal('after')
  })

  it('gives up a document that takes too long and makes the next', async () => {
    open({ timeoutMs: 4000 })
    const late = failure(maker.make('slow', {}))
    const waiting = textOf('next')
    expect(await late).to.include({ reason: 'timeout', message: 'slow: took longer than 4000 ms' })
    expect(await waiting).to.equal('next')
  })

  it('says what is wrong with a template, a picture or a name', async () => {
    expect((await failure(maker.make('broken', {}))).message).to.match(/^broken: unknown variable: no-such-function/)
    expect((await failure(maker.make('untold', { svg: '<svg' }))).message).to.match(/SVG/i)
    const plain = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    expect((await failure(maker.make('untold', { svg: plain }))).message).to.match(/missing alt text/)
    for (const name of ['../note', 'note.typ', '/etc/passwd', 'absent']) {
      expect((await failure(maker.make(name, {}))).reason, name).to.equal('input')
    }
    expect(await textOf('still here')).to.equal('still here')
  })

  it('refuses a text with a letter no font has, rather than printing a box', async () => {
    const refused = await failure(maker.make('note', { text: 'Li 李' }))
    expect(refused.reason).to.equal('input')
    expect(refused.message).to.include('李').and.to.include('could not be displayed')
  })

  it('lets a template read nothing outside its folder', async () => {
    expect((await failure(maker.make('spy', {}))).message).to.match(/escape|denied|outside/)
  })

  it('keeps the secrets of the platform from its process', async () => {
    process.env.DATA_KEY_OF_THE_TEST = 'a secret'
    try {
      await textOf('any')
      const environment = `/proc/${maker.pid}/environ`
      if (existsSync(environment)) expect(readFileSync(environment, 'utf8')).not.to.include('a secret')
    } finally {
      delete process.env.DATA_KEY_OF_THE_TEST
    }
  })

  it('when closed refuses what waits and what comes, and ends its process', async () => {
    await textOf('warm')
    const pid = maker.pid!
    const asked = [failure(maker.make('slow', {})), failure(maker.make('note', { text: 'waiting' }))]
    maker.close()
    expect((await Promise.all(asked)).map(one => one.reason)).to.deep.equal(['closed', 'closed'])
    expect((await failure(maker.make('note', { text: 'late' }))).reason).to.equal('closed')
    await gone(pid)
  })

  it('does not keep a finished program alive, and its process ends with it', async () => {
    const program = `
      import { createPdfMaker } from ${JSON.stringify(new URL('../../lib/pdf.ts', import.meta.url).href)}
      const maker = createPdfMaker({ templates: new URL(${JSON.stringify(address().href)}) })
      await maker.make('note', { text: 'x' })
      console.log(maker.pid)`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      timeout: 20_000,
      encoding: 'utf8',
    })
    expect(run.stderr).to.equal('')
    expect(run.status).to.equal(0)
    await gone(Number(run.stdout))
  })

  function open(options: PdfMakerOptions = {}) {
    maker?.close()
    maker = createPdfMaker({ templates: address(), ...options })
  }

  function address() {
    return pathToFileURL(`${folder}/`)
  }

  async function textOf(text: string) {
    const pdf = await maker.make('note', { text })
    return (await extractText(new Uint8Array(pdf), { mergePages: true })).text.replace(/\s+/g, ' ').trim()
  }
})

async function failure(asked: Promise<unknown>): Promise<PdfFailure> {
  try {
    await asked
  } catch (error) {
    if (error instanceof PdfFailure) return error
    throw error
  }
  throw new Error('expected a failure')
}

/** Waits until the system no longer knows the process. */
async function gone(pid: number) {
  expect(pid).to.be.greaterThan(0)
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
