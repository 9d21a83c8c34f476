import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'

const bin = new URL('../bin', import.meta.url).pathname

// Stands in for npm: notes that it was called, takes its time, and installs, or says what the real one says.
const npm = `
import { appendFileSync, copyFileSync } from 'node:fs'
appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')
await new Promise(resolve => setTimeout(resolve, Number(process.env.NPM_TAKES ?? 0)))
if (process.env.NPM_FAILS) { console.error('npm error code ' + process.env.NPM_FAILS); process.exit(1) }
if (!process.env.NPM_LIES) copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
`
const lock = (express: string) => ({
  packages: {
    '': { version: '1.0.0' },
    'node_modules/express': { version: express },
    'node_modules/node-elsewhere': { version: '26.0.0', optional: true },
  },
})

describe('bootstrap', () => {
  let root: string

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'rtcm-boot-')))
    cpSync(bin, join(root, 'bin'), { recursive: true })
    writeFileSync(join(root, 'npm.mjs'), npm)
    save('package-lock.json', lock('5.3.0'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const save = (path: string, value: object) => writeFileSync(join(root, path), JSON.stringify(value))
  const calls = () =>
    existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : []
  const env = (more: object = {}) => ({ ...process.env, npm_execpath: join(root, 'npm.mjs'), ...more })
  const boot = (more: object = {}) =>
    spawnSync(process.execPath, ['bin/bootstrap.mjs'], { cwd: root, encoding: 'utf8', env: env(more) })

  function installed(express: string) {
    mkdirSync(join(root, 'node_modules'), { recursive: true })
    const { packages } = lock(express)
    save('node_modules/.package-lock.json', {
      packages: { 'node_modules/express': packages['node_modules/express'] },
    })
  }

  it('installs what the lock says into a fresh clone, and leads node to the project’s own', () => {
    expect(boot().status).to.equal(0)
    expect(calls()).to.have.length(1)
    expect(calls()[0]).to.include('install --no-save --include=dev --include=optional')
    expect(existsSync(join(root, 'node_modules/.bin/node'))).to.equal(true)
  })

  it('installs nothing when all is there; packages of other platforms may be absent', () => {
    installed('5.3.0')
    const { status, stderr } = boot()
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
    expect(calls()).to.deep.equal([])
  })

  it('installs again when the lock names another version', () => {
    installed('5.2.0')
    expect(boot().status).to.equal(0)
    expect(calls()).to.have.length(1)
  })

  it('puts the link to Node back when npm dropped it, or when it leads nowhere', () => {
    installed('5.3.0')
    mkdirSync(join(root, 'node_modules/.bin'))
    mkdirSync(join(root, `node_modules/node-${process.platform}-${process.arch}/bin`), { recursive: true })
    symlinkSync(process.execPath, join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`))
    symlinkSync('nowhere', join(root, 'node_modules/.bin/node'))
    expect(boot().status).to.equal(0)
    expect(readlinkSync(join(root, 'node_modules/.bin/node'))).to.equal(
      `../node-${process.platform}-${process.arch}/bin/node`,
    )
  })

  it('refuses a Node that is too old', () => {
    installed('5.3.0')
    mkdirSync(join(root, 'node_modules/.bin'))
    writeFileSync(join(root, 'node_modules/.bin/node'), '#!/bin/sh\necho v20.1.0\n', { mode: 0o755 })
    const { status, stderr } = boot()
    expect(status).to.equal(1)
    expect(stderr).to.include('runs on Node 26').and.include('answers v20.1.0')
  })

  it('lets one of several install; the others wait and find all done', async () => {
    const several = await Promise.all(
      [1, 2, 3].map(() =>
        ended(spawn(process.execPath, ['bin/bootstrap.mjs'], { cwd: root, env: env({ NPM_TAKES: '300' }) })),
      ),
    )
    expect(several).to.deep.equal([0, 0, 0])
    expect(calls()).to.have.length(1)
    expect(existsSync(join(root, 'node_modules/.install.lock'))).to.equal(false)
  })

  it('takes over the lock of an install that died', () => {
    const { pid } = spawnSync('true')
    mkdirSync(join(root, 'node_modules'))
    writeFileSync(join(root, 'node_modules/.install.lock'), String(pid))
    expect(boot().status).to.equal(0)
    expect(calls()).to.have.length(1)
  })

  for (const [code, words] of [
    ['EAI_AGAIN', 'registry cannot be reached'],
    ['EACCES', 'may not write'],
    ['ENOSPC', 'disk is full'],
    ['EINTEGRITY', 'is not the one that package-lock.json names'],
    ['E404', 'does not have a package'],
  ]) {
    it(`says what to do about ${code}`, () => {
      const { status, stderr } = boot({ NPM_FAILS: code })
      expect(status).to.equal(1)
      expect(stderr).to.include(words).and.include(`npm error code ${code}`)
    })
  }

  it('does not go on when npm says done and is not', () => {
    const { status, stderr } = boot({ NPM_LIES: 'yes' })
    expect(status).to.equal(1)
    expect(stderr).to.include('npm finished, but')
  })

  describe('commands in bin/', () => {
    beforeEach(() => {
      installed('5.3.0')
      mkdirSync(join(root, 'server/tasks'), { recursive: true })
    })
    const task = (source: string) => writeFileSync(join(root, 'server/tasks/admin.ts'), source)
    const admin = (...args: string[]) =>
      spawn(process.execPath, [join(root, 'bin/admin'), ...args], { cwd: tmpdir(), env: env() })

    it('run their task in the project’s folder, with their arguments, and end as it ends', async () => {
      task('const code: number = Number(process.argv[2])\nconsole.log(process.cwd())\nprocess.exit(code)\n')
      const child = admin('7')
      const said = once(child.stdout, 'data')
      expect(await ended(child)).to.equal(7)
      expect(String(await said).trim()).to.equal(root)
    })

    it('pass a signal on to the task and wait for it', async () => {
      task(
        `process.on('SIGTERM', () => setTimeout(() => process.exit(5), 100))\nsetInterval(() => {}, 1000)\nconsole.log('ready')\n`,
      )
      const child = admin()
      await once(child.stdout, 'data')
      child.kill('SIGTERM')
      expect(await ended(child)).to.equal(5)
    })
  })
})

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'exit')
  return code
}
