// Makes a fresh clone ready: installs what package-lock.json says when node_modules lacks it, and sees to it that
// node_modules/.bin/node is the Node the project runs on. Plain JavaScript without dependencies, because it runs before
// anything is installed, on whatever Node (18 or newer) the machine has. Costs about a tenth of a second when all is there.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const lockFile = join(modules, '.install.lock')

/** The Node that runs everything but this file. */
export const projectNode = join(modules, '.bin', 'node')
const oldestNode = 26

/** Returns when the packages of package-lock.json and the project's Node are in place; otherwise explains and exits with 1. */
export function ensureInstalled() {
  try {
    if (needed()) underLock(() => needed() && install())
    provideNode()
  } catch (error) {
    if (!(error instanceof Explained)) throw error
    console.error(`\n${error.message}\n`)
    process.exit(1)
  }
}

class Explained extends Error {}

/**
 * The first package that differs from the lock, in words, or undefined. Versions are compared rather than file times,
 * which a checkout touches. An optional package that is absent belongs to another platform.
 */
function needed() {
  const wanted = packages(join(root, 'package-lock.json'))
  if (!wanted)
    throw new Explained('package-lock.json is missing or broken: restore it with `git checkout package-lock.json`.')
  const present = packages(join(modules, '.package-lock.json'))
  if (!present) return 'node_modules is missing'
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '') continue
    const found = present[path]?.version
    if (found ? found !== version : !optional) return `${path} is ${found ?? 'missing'}, the lock says ${version}`
  }
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

function install() {
  console.error('Installing the packages of package-lock.json (about half a minute, only when they change)…')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  // No package needs an install script, so none is run. Development packages come along: the tests are part of the house.
  const flags = ['--no-save', '--include=dev', '--include=optional', '--ignore-scripts', '--no-engine-strict']
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  const [command, ...args] = [...npm, 'install', ...flags, ...quiet]
  const { status, error, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (error) throw new Explained(`npm could not be started (${error.message}). Node and npm must be on the PATH.`)
  if (status !== 0) throw new Explained(`${stderr.trim()}\n\nInstalling failed: ${cause(stderr)}`)
  const still = needed()
  if (still) throw new Explained(`npm finished, but ${still}. Delete node_modules and run the command again.`)
}

function cause(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EIDLETIMEOUT|ENOTCACHED/.test(output))
    return 'the npm registry cannot be reached. The first start needs the network (or a filled npm cache); later ones do not.'
  if (/EACCES|EPERM|EROFS/.test(output)) return `this account may not write to ${root} or to the npm cache.`
  if (/ENOSPC/.test(output)) return 'the disk is full. About 1 GB is needed.'
  if (/EINTEGRITY/.test(output)) return 'a downloaded package is not the one that package-lock.json names.'
  if (/E404|ETARGET|notarget/.test(output))
    return 'the npm registry in use does not have a package that package-lock.json names.'
  return 'npm says why above. `npm ci` shows more.'
}

/** One install at a time. The lock holds the pid of its owner, so that of a dead or forgotten one is taken over. */
function underLock(work) {
  mkdirSync(modules, { recursive: true })
  const mine = `${lockFile}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    acquire(mine)
    work()
  } finally {
    if (owner() === process.pid) rmSync(lockFile, { force: true })
    rmSync(mine, { force: true })
  }
}

function acquire(mine) {
  for (let told = false; ; pause(200)) {
    try {
      linkSync(mine, lockFile) // atomic, and complete with its content
    } catch (error) {
      if (error.code !== 'EEXIST') throw new Explained(`${modules} cannot be written: ${error.message}`)
      if (abandoned()) takeAway()
      else if (!told) console.error(`Waiting for process ${owner()}, which is installing…`)
      told = true
      continue
    }
    // Two that found the same abandoned lock may both come here; the later one holds it.
    pause(100)
    if (owner() === process.pid) return
  }
}

function owner(file = lockFile) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function abandoned(file = lockFile) {
  const pid = owner(file)
  if (pid === undefined) return false
  if (pid === process.pid) return true // left by an earlier process that had our number
  try {
    // After a restart of the machine the number may belong to another process: no install takes a quarter of an hour.
    if (Date.now() - statSync(file).mtimeMs > 15 * 60_000) return true
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Moved aside before it is removed: if another process took over in between, its lock is put back. */
function takeAway() {
  const aside = `${lockFile}.${process.pid}.aside`
  try {
    renameSync(lockFile, aside)
    if (!abandoned(aside)) linkSync(aside, lockFile)
  } catch {
    // Taken away by another process: the next turn sees who holds it.
  }
  rmSync(aside, { force: true })
}

function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

/** npm drops node_modules/.bin/node when it skips the Node packages of other platforms: put it back, then ask it who it is. */
function provideNode() {
  if (!existsSync(projectNode)) link()
  const { stdout } = spawnSync(projectNode, ['-v'], { encoding: 'utf8' })
  if (major(stdout) >= oldestNode) return
  const seen = stdout ? `answers ${stdout.trim()}` : 'does not run here'
  throw new Explained(
    `The project runs on Node ${oldestNode}; node_modules/.bin/node ${seen}. Delete node_modules and run the command again.`,
  )
}

function link() {
  const platform = `${process.platform}-${process.arch}`
  const shipped = [`node-${platform}`, `node-bin-${platform}`].find(name =>
    existsSync(join(modules, name, 'bin', 'node')),
  )
  // Where no package brings Node for this platform, the machine's own will do if it is new enough.
  if (!shipped && major(process.version) < oldestNode)
    throw new Explained(
      `No Node ${oldestNode} comes with the packages for ${platform}: install it from nodejs.org and try again.`,
    )
  rmSync(projectNode, { force: true })
  mkdirSync(join(modules, '.bin'), { recursive: true })
  symlinkSync(shipped ? join('..', shipped, 'bin', 'node') : process.execPath, projectNode)
}

function major(version) {
  return Number(/^v(\d+)/.exec(version ?? '')?.[1] ?? 0)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) ensureInstalled()
