import { unzipSync } from 'fflate'
import { extractText } from 'unpdf'
import type { Reader } from '../support/reader.ts'
import { agentOf } from './world.ts'

/** All that came, as text: what is packed or typeset is opened, too. Headers belong to it. */
export async function bytesOf(reader: Reader, path: string): Promise<string> {
  const answer = await agentOf(reader)
    .get(path)
    .set('Accept', 'text/html')
    .buffer(true)
    .parse(asBytes as never)
  const bytes = answer.body as Buffer
  const type = String(answer.headers['content-type'])
  // What was asked for stands in the page again, and is no answer.
  const text = JSON.stringify(answer.headers) + bytes.toString('utf8')
  if (type.includes('pdf')) return text + (await wordsIn(bytes))
  if (!/zip|spreadsheet/.test(type)) return text
  return (
    text +
    Object.values(unzipSync(new Uint8Array(bytes)))
      .map(part => Buffer.from(part).toString('utf8'))
      .join(' ')
  )
}

/** What a PDF says. A file handed in by a test only begins like one, and is text as it is. */
const wordsIn = (pdf: Buffer) =>
  extractText(new Uint8Array(pdf), { mergePages: true }).then(
    ({ text }) => text,
    () => '',
  )

function asBytes(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) {
  const parts: Buffer[] = []
  response.on('data', (part: Buffer) => parts.push(Buffer.from(part)))
  response.on('end', () => done(null, Buffer.concat(parts)))
}
