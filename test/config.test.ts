import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { ConfigError, isLoopback, readConfig } from '../lib/config.ts'

const GOOD = {
  DATABASE_URL: 'postgres://rtcm:x@db.example/rtcm',
  BASE_URL: 'https://learn.rtcm.az',
  SESSION_SECRET: randomBytes(32).toString('base64'),
  DATA_KEY: randomBytes(32).toString('base64'),
}

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    expect(error).to.be.instanceOf(ConfigError)
    return (error as ConfigError).problems
  }
}

describe('config', () => {
  it('nothing set: a demo on 127.0.0.1 port 3000', () => {
    expect(readConfig({})).to.include({ demo: true, host: '127.0.0.1', port: 3000, secure: false, dataDir: 'var' })
  })

  it('empty values count as not set', () => {
    expect(readConfig({ DATABASE_URL: '', PORT: ' ', SMTP_URL: '' })).to.include({ demo: true, port: 3000 })
  })

  it('production with everything is accepted, and BASE_URL loses its last slash', () => {
    const config = readConfig({ ...GOOD, BASE_URL: 'https://learn.rtcm.az/' })
    expect(config).to.include({ demo: false, secure: true, baseUrl: 'https://learn.rtcm.az' })
    expect(config.dataKey.length).to.equal(32)
  })

  it('all problems are told at once', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      DATABASE_URL: 'mysql://x',
      BASE_URL: 'learn.rtcm.az',
      SMTP_URL: 'mail.example',
      MAIL_FROM: 'nobody',
      TRUST_PROXY: 'yes',
      LOG_LEVEL: 'loud',
    })
    for (const name of ['PORT', 'DATABASE_URL', 'BASE_URL', 'SMTP_URL', 'MAIL_FROM', 'TRUST_PROXY', 'LOG_LEVEL'])
      expect(
        problems.filter(line => line.startsWith(name)),
        name,
      ).to.have.length(1)
  })

  it('problems of form and of strength are told together', () => {
    const problems = problemsOf({ DATABASE_URL: GOOD.DATABASE_URL, PORT: '70000', SESSION_SECRET: 'short' })
    for (const name of ['PORT', 'BASE_URL', 'SESSION_SECRET', 'DATA_KEY'])
      expect(problems.join('\n'), name).to.contain(name)
  })

  it('a demo refuses every address others could reach', () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.5', 'learn.rtcm.az', '192.168.1.2'])
      expect(problemsOf({ HOST: host }).join(), host).to.contain('HOST')
    for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '::1', '[::1]'])
      expect(problemsOf({ HOST: host }), host).to.deep.equal([])
  })

  it('weak or missing secrets are refused in production', () => {
    for (const secret of ['', 'short', 'a'.repeat(64), 'abcabcabcabcabcabcabcabcabcabcabcabc'])
      expect(problemsOf({ ...GOOD, SESSION_SECRET: secret }).join(), secret).to.contain('SESSION_SECRET')
    for (const key of [
      '',
      'too-short',
      '0'.repeat(64),
      Buffer.alloc(32).toString('base64'),
      randomBytes(16).toString('hex'),
    ])
      expect(problemsOf({ ...GOOD, DATA_KEY: key }).join(), key).to.contain('DATA_KEY')
    expect(problemsOf({ ...GOOD, DATA_KEY: randomBytes(32).toString('hex') })).to.deep.equal([])
  })

  it('an http BASE_URL is refused except on a loopback address', () => {
    expect(problemsOf({ ...GOOD, BASE_URL: 'http://learn.rtcm.az' }).join()).to.contain('BASE_URL is http')
    expect(problemsOf({ ...GOOD, BASE_URL: 'http://localhost.evil.example' }).join()).to.contain('BASE_URL is http')
    for (const url of ['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000'])
      expect(problemsOf({ ...GOOD, BASE_URL: url }), url).to.deep.equal([])
  })

  it('a mail server needs a sender', () => {
    expect(problemsOf({ ...GOOD, SMTP_URL: 'smtp://mail.example' }).join()).to.contain('MAIL_FROM')
  })

  it('a sender with a line break is refused', () => {
    expect(problemsOf({ MAIL_FROM: 'a@b.example\r\nBcc: c@d.example' }).join()).to.contain('MAIL_FROM')
  })

  it('no secret appears in the message', () => {
    const secret = 'not-so-secret'
    const problems = problemsOf({
      ...GOOD,
      SESSION_SECRET: secret,
      DATA_KEY: secret,
      DATABASE_URL: `mysql://u:${secret}@h/d`,
    })
    expect(problems.join('\n')).to.not.contain(secret)
  })

  it('tells a loopback address from its look-alikes', () => {
    for (const host of ['127.0.0.1', '::1', '[::1]', 'localhost']) expect(isLoopback(host), host).to.equal(true)
    for (const host of ['127.0.0.1.nip.io', '128.0.0.1', 'localhost.example', '0.0.0.0'])
      expect(isLoopback(host), host).to.equal(false)
  })
})
