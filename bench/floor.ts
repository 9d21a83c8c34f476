import ejs from 'ejs'
import express from 'express'
import pg from 'pg'

/**
 * The floor every page is compared with: Express, an EJS page of the size asked for, one query by primary key through
 * `pg` with a named statement, gzip as in the platform. No sign-in session, no language, no layout.
 */
const { default: compression } = await import('compression')
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const app = express()
const view = ejs.compile(
  '<!doctype html><title><%= page.name %></title><% for (const line of page.lines) { %><p><%= line %></p>\n<% } %>',
  { _with: false, destructuredLocals: ['page'] } as ejs.Options,
)
app.use(compression())
app.get('/:bytes', async (req, res) => {
  const { rows } = await pool.query({
    name: 'floor',
    text: 'select id, name_latin from people where id = $1',
    values: [1 + Math.floor(Math.random() * 900)],
  })
  const lines = Array.from({ length: Math.ceil(Number(req.params.bytes) / 60) }, (_, i) => `${i} ${'word '.repeat(9)}`)
  res.type('html').send(view({ page: { name: rows[0]?.name_latin ?? '', lines } }))
})
const server = app.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'))
process.on('SIGTERM', () => {
  server.close()
  server.closeAllConnections()
  void pool.end()
})
