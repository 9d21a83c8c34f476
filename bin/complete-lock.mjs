// Adds to package-lock.json the optional packages of other platforms that the registry in use could not describe,
// so that `npm ci` accepts the lock everywhere. Run in the project's root after `npm install`.
import { readFileSync, writeFileSync } from 'node:fs'

const file = 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))
let added = 0
for (const [where, entry] of Object.entries(lock.packages)) {
  if (where === '') continue
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${where}/node_modules/${name}`]) continue
    const [, os = 'none', cpu = 'none'] =
      name.match(/(android|win32|darwin|linux|freebsd|openharmony)-?(arm64|arm|x64|ia32|ppc64|riscv64|s390x)?/) ?? []
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
      cpu: [cpu],
      ...(/musl/.test(name) ? { libc: ['musl'] } : {}),
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} entries added`)
