import { readdirSync, readFileSync } from 'node:fs'

// Linux counts CPU time in ticks of a hundredth of a second (USER_HZ).
const TICK_US = 10_000

/** CPU time of a process so far, user and system, in microseconds. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_US
}

/** CPU time of a process and of its children that run, in microseconds: PostgreSQL has a process per connection. */
export function cpuOfFamily(pid: number): number {
  let sum = cpuOf(pid) + reapedBy(pid)
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ')
      if (Number(stat[1]) === pid) sum += (Number(stat[11]) + Number(stat[12])) * TICK_US
    } catch {
      // It has just ended.
    }
  }
  return sum
}

/** CPU time of children that have ended: connections come and go during a run. */
function reapedBy(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[13]) + Number(fields[14])) * TICK_US
}
