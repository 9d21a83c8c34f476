import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { keep, kept } from '../../lib/storage.ts'

describe('storage', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rtcm-storage-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('keeps the same bytes once, under the hash of their content, whoever comes first', async () => {
    const names = await Promise.all(Array.from({ length: 10 }, () => keep(folder, Buffer.from('a logo'))))
    expect(new Set(names).size).to.equal(1)
    expect(await readdir(join(folder, names[0]!.slice(0, 2)))).to.deep.equal([names[0]!.slice(2)])
    expect((await kept(folder, names[0]!)).toString()).to.equal('a logo')
  })

  it('does not hand out what has changed on the disk, nor a path', async () => {
    const name = await keep(folder, Buffer.from('a logo'))
    await writeFile(join(folder, name.slice(0, 2), name.slice(2)), 'another')
    expect((await kept(folder, name).catch(error => error)).message).to.include('damaged')
    expect((await kept(folder, '../../etc/passwd').catch(error => error)).message).to.include('Not the name')
  })
})
