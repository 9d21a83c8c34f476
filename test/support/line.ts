import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises'

/**
 * What a line does to those who use it. `cut`: what is under way is torn, what comes is turned away; `reset`: whoever
 * sends is thrown off; `half`: of what is sent the platform gets one half; `unheard`: the platform gets it, and its
 * answer never comes back; `slow`: everything takes its time; `sliced`: everything comes in small pieces.
 */
export const FAULTS = ['cut', 'reset', 'half', 'unheard', 'slow', 'sliced'] as const
export type Fault = (typeof FAULTS)[number]

/** A line between a browser and the platform that can suffer. */
export type Line = { origin: string; cut(): void; mend(): void; suffer(fault: Fault): void; close(): Promise<void> }

const SLOW_MS = 150
const SLICE = 48

export async function aLine(to: string): Promise<Line> {
  const { hostname, port } = new URL(to)
  const sockets = new Set<Socket>()
  let fault: Fault | undefined
  const hold = (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay()
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }
  const server = createServer(near => {
    hold(near)
    if (fault === 'cut') return near.destroy()
    const far = connect(Number(port), hostname)
    hold(far)
    near.once('close', () => far.destroy())
    far.once('close', () => near.destroy())
    carry(near, far, chunk => passed(chunk, far, near, fault, 'half', 'reset'))
    carry(far, near, chunk => passed(chunk, near, near, fault, 'unheard'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    fault = 'cut'
    for (const socket of sockets) socket.destroy()
  }
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend() {
      fault = undefined
    },
    suffer(next) {
      if (next === 'cut') cut()
      else fault = next
    },
    async close() {
      cut()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Passes on what one end says, in order, however long each piece takes. */
function carry(from: Socket, to: Socket, pass: (chunk: Buffer) => Promise<void>) {
  let last = Promise.resolve()
  from.on('data', (chunk: Buffer) => {
    last = last.then(() => pass(chunk))
  })
  from.once('end', () => last.then(() => to.end()))
}

/** @param near the end that is thrown off @param fatal the faults that end what goes this way */
async function passed(chunk: Buffer, to: Socket, near: Socket, fault: Fault | undefined, ...fatal: Fault[]) {
  if (to.destroyed) return
  if (fault === 'slow') await sleep(SLOW_MS)
  if (fault && fatal.includes(fault)) {
    if (fault === 'half') to.write(chunk.subarray(0, chunk.length / 2))
    await soon()
    near.resetAndDestroy()
  } else if (fault === 'sliced') {
    for (let at = 0; at < chunk.length && !to.destroyed; at += SLICE) {
      to.write(chunk.subarray(at, at + SLICE))
      await soon()
    }
  } else to.write(chunk)
}
