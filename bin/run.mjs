// What a person types in bin/ may run on an old Node: this hands over to the project's Node, which runs TypeScript as it is.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, projectNode, root } from './bootstrap.mjs'

/** Runs server/tasks/<task>.ts with the arguments of this command; ends as it ends. */
export function run(task) {
  ensureInstalled()
  const child = spawn(projectNode, [join(root, 'server', 'tasks', `${task}.ts`), ...process.argv.slice(2)], {
    cwd: root, // var/ and uploads/ are found from here, wherever the command is typed
    stdio: 'inherit',
  })
  // A terminal sends Ctrl-C to both processes; any other signal reaches only this one.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
