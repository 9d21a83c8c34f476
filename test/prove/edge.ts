import type { Proof } from './entries.ts'

const access = 'test/laws/access.test.ts'
const pages = 'test/laws/pages.test.ts'

export const edge: Proof[] = [
  {
    promise: 'Every route stands in the table of who may',
    test: access,
    only: 'every route has a row',
    file: 'routes/homepage.ts',
    find: "homepage.get('/glossary',",
    replace: "homepage.get('/nowhere', (_req, res) => void res.end())\nhomepage.get('/glossary',",
  },
  {
    promise: 'Pages of the staff do not exist for others',
    test: access,
    only: 'every GET answers',
    file: 'routes/guards.ts',
    find: 'if (!sees(req.actor)) throw new NotFound()',
    replace: '',
  },
  {
    promise: 'No act is done without a token',
    test: access,
    only: 'every act without a token',
    file: 'server/middleware/csrf.ts',
    find: '|| tokenIsRight(req))',
    replace: "|| req.method === 'POST')",
  },
  {
    promise: 'Every page is whole in every language',
    test: pages,
    only: 'is whole in English, Russian and mirrored',
    file: 'views/homepage/show.ejs',
    find: "<h1><%= t('homepage.title') %></h1>",
    replace: "<h1><%= t('homepage.nothing') %></h1>",
  },
  {
    promise: 'Each language of a page names the others',
    test: pages,
    only: 'hreflang is reciprocal',
    file: 'views/layout/top.ejs',
    find: '<link rel="alternate" hreflang="<%= each.lang %>" href="<%= each.href %>">',
    replace: '',
  },
  {
    promise: 'What a signed-in person saw is kept by no cache',
    test: pages,
    only: 'kept by no cache',
    file: 'server/middleware/sessions.ts',
    find: "res.set('Cache-Control', 'private, no-store')",
    replace: "res.set('Cache-Control', 'public, max-age=60')",
  },
  {
    promise: 'Every page forbids inline code',
    test: pages,
    only: 'forbids inline code',
    file: 'server/middleware/security-headers.ts',
    find: 'scriptSrc: ["\'self\'"],',
    replace: 'scriptSrc: ["\'self\'", "\'unsafe-inline\'"],',
  },
]
