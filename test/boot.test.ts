import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { expect } from 'chai'
import { load } from 'cheerio'
import { DEMO_PASSWORD } from '../server/demo/people.ts'
import { Platform } from './support/process.ts'

/** The platform started, stopped and killed as a process. */
describe('the process', function () {
  this.timeout(60_000)
  const platform = new Platform()

  before(async () => {
    await platform.prepare()
    expect(await platform.start(), platform.errors).to.equal(undefined)
  })
  after(() => platform.remove())

  it('says where it is and who can sign in', () => {
    expect(platform.output).to.contain('learner@rtcm.example').and.to.contain(DEMO_PASSWORD)
  })

  it('answers on health and readiness in JSON', async () => {
    const health = await fetch(`${platform.origin}/healthz`)
    expect(health.headers.get('content-type')).to.contain('application/json')
    expect(await health.json()).to.deep.equal({ ok: true })
    const ready = await fetch(`${platform.origin}/readyz`)
    expect(await ready.json()).to.deep.equal({
      ok: true,
      draining: false,
      database: true,
      migrations: true,
      queue: true,
      queueAge: 0,
    })
  })

  it('logs in JSON, each request with the id its page shows', async () => {
    const response = await fetch(`${platform.origin}/en/no-such-page`)
    const id = response.headers.get('x-request-id')!
    expect(await response.text()).to.contain(id)
    await new Promise(resolve => setTimeout(resolve, 200))
    const line = platform.output.split('\n').find(each => each.includes(id) && each.startsWith('{'))
    expect(JSON.parse(line!)).to.include({ id, status: 404, path: '/en/no-such-page', method: 'GET' })
  })

  it('a second process on the same data folder is refused in words', async () => {
    const second = new Platform()
    second.folder = platform.folder
    const code = await second.start({ PORT: '0' })
    expect(code).to.equal(1)
    expect(second.errors).to.match(/Another process uses the embedded database in .*DATA_DIR/)
    expect(second.errors, 'no stack').to.not.contain('    at ')
  })

  it('a taken port is an error in words and not a success', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as { port: number }
    const late = new Platform()
    await late.prepare()
    try {
      const code = await late.start({ PORT: String(port) })
      expect(code).to.equal(1)
      expect(late.errors).to.contain(`Port ${port} on 127.0.0.1 is taken`)
      expect(late.errors, 'no stack').to.not.contain('    at ')
    } finally {
      holder.close()
      await late.remove()
    }
  })

  it('a wrong configuration is told whole, and nothing is made', async () => {
    const wrong = new Platform()
    try {
      const code = await wrong.start({ HOST: '0.0.0.0', LOG_LEVEL: 'loud', PORT: 'x' })
      expect(code).to.equal(1)
      for (const name of ['HOST', 'LOG_LEVEL', 'PORT']) expect(wrong.errors).to.contain(name)
      expect(existsSync(`${wrong.folder}/var`)).to.equal(false)
    } finally {
      await wrong.remove()
    }
  })

  it('killed without warning: committed work and its mails are there after the restart', async () => {
    const visitor = new Visitor(platform.origin)
    await visitor.signIn('learner@rtcm.example')
    expect(await visitor.text('/en/')).to.contain('Aigerim Sadykova')
    const asked = await visitor.submit('/en/reset-password', { email: 'learner@rtcm.example' })
    expect(asked.status).to.be.oneOf([200, 303])
    await platform.stop('SIGKILL')

    expect(await platform.start(), platform.errors).to.equal(undefined)
    expect(await visitor.text('/en/'), 'still signed in').to.contain('Aigerim Sadykova')
    const until = Date.now() + 10_000
    let outbox = ''
    while (!outbox.includes('learner@rtcm.example') && Date.now() < until) {
      outbox = await visitor.text('/en/outbox')
      await new Promise(resolve => setTimeout(resolve, 200))
    }
    expect(outbox).to.contain('learner@rtcm.example')
  })

  it('told to stop, it ends the answer it is giving, takes no new work, and goes', async () => {
    // A post whose body is still on its way when the signal comes.
    const { body, cookie } = await aForm(platform.origin)
    const socket = connect(platform.port, '127.0.0.1')
    await once(socket, 'connect')
    let answer = ''
    socket.on('data', data => {
      answer += data
    })
    socket.write(
      `POST /en/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    )
    await new Promise(resolve => setTimeout(resolve, 300))
    const began = Date.now()
    const stopped = platform.stop('SIGTERM')
    await new Promise(resolve => setTimeout(resolve, 700))
    expect(await fetch(`${platform.origin}/healthz`).catch(() => 'refused'), 'no new connection').to.equal('refused')
    socket.write(body.slice(10))
    expect(await stopped).to.equal(0)
    expect(Date.now() - began).to.be.lessThan(5000)
    expect(answer).to.match(/^HTTP\/1\.1 422 /)
    expect(answer, 'whole').to.match(/(<\/html>\s*|\r\n0\r\n\r\n)$/)
    expect(platform.errors).to.equal('')
  })

  it('a client that never ends does not keep it longer than ten seconds', async () => {
    expect(await platform.start(), platform.errors).to.equal(undefined)
    const socket = connect(platform.port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write('POST /en/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nnever')
    await new Promise(resolve => setTimeout(resolve, 300))
    const began = Date.now()
    expect(await platform.stop('SIGTERM')).to.equal(0)
    expect(Date.now() - began).to.be.lessThan(10_000)
    socket.destroy()
  })

  it('the database stopped cleanly: the next start finds everything', async () => {
    expect(await platform.start(), platform.errors).to.equal(undefined)
    const visitor = new Visitor(platform.origin)
    await visitor.signIn('coordinator@rtcm.example')
    expect(await visitor.text('/en/manage/audit')).to.contain('Aigerim Sadykova')
  })
})

/** A browser without a browser: keeps its cookie, fills in forms. */
class Visitor {
  origin: string
  cookie = ''
  constructor(origin: string) {
    this.origin = origin
  }

  async fetch(path: string, init: RequestInit = {}) {
    const response = await fetch(this.origin + path, {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', cookie: this.cookie, ...init.headers },
    })
    const set = response.headers.getSetCookie()[0]
    if (set) this.cookie = set.split(';')[0]!
    return response
  }

  async text(path: string) {
    return (await this.fetch(path)).text()
  }

  async submit(path: string, fields: Record<string, string>) {
    const $ = load(await this.text(path))
    const token = $('main form input[name=_csrf]').attr('value')!
    return this.fetch(path, { method: 'POST', body: new URLSearchParams({ _csrf: token, ...fields }) })
  }

  async signIn(email: string) {
    const answer = await this.submit('/en/sign-in', { email, password: DEMO_PASSWORD })
    expect(answer.status, await answer.text()).to.equal(303)
  }
}

async function aForm(origin: string) {
  const visitor = new Visitor(origin)
  const $ = load(await visitor.text('/en/sign-in'))
  const token = $('main form input[name=_csrf]').attr('value')!
  const body = new URLSearchParams({ _csrf: token, email: 'nobody@ministry.example', password: 'wrong' }).toString()
  return { body, cookie: visitor.cookie }
}
