import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { createMailer } from '../../lib/mailer.ts'
import { runJobs, standAt } from '../support/app.ts'
import { aReader, everyLetter } from '../support/letters.ts'
import { aMailServer } from '../support/mail-server.ts'

const SCRIPT = fileURLToPath(new URL('../support/python-mails.py', import.meta.url))
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

type Read = { id: string; subject: string; defects: string[]; text: number; html: number }

describe('every kind of mail, read by the parser of Python', () => {
  for (const locale of ['en', 'ru'] as const)
    it(`in ${locale}: has no defects`, async () => {
      standAt('2027-03-01T08:00:00Z')
      const server = await aMailServer()
      const mailer = createMailer(server.url)
      try {
        const kinds = await everyLetter(await aReader(locale))
        await runJobs({ mailer })
        const input = JSON.stringify(server.caught.map(({ raw }) => raw.toString('latin1')))
        const { stdout, stderr, status } = spawnSync(python, [SCRIPT], { input, encoding: 'utf8' })
        expect(status, stderr).to.equal(0)
        const mails = JSON.parse(stdout) as Read[]
        expect(mails.length).to.be.at.least(kinds.length)
        for (const { id, subject, defects, text, html } of mails) {
          expect(defects, subject).to.deep.equal([])
          expect(text + html, subject).to.be.at.most(30_000)
          expect(subject).to.equal(server.caught.find(({ mail }) => mail.messageId === id)!.mail.subject)
        }
      } finally {
        mailer.close()
        await server.close()
      }
    }).timeout(60_000)
})
