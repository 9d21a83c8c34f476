/**
 * What people of one State may read about another by design, and nothing else (product.md, "Who sees what"). The leak
 * test reads this list: at these addresses, and only there, a mark of another State is no leak.
 */
export type Shared = { route: string; why: string }

export const SHARED_BY_DESIGN: Shared[] = [
  {
    route: 'GET /verify/:code',
    why: 'Whoever holds the code of a certificate reads the name on it: that is what it is for',
  },
]

/**
 * Where States that are invited to a joint request or have joined it read its common part, and nobody else does. The
 * own part of each of them, its messages, its officials and its invitations are at none of these addresses another's.
 */
export const COMMON_PART: Shared[] = [
  {
    route: 'GET /:lang/state',
    why: 'The request stands on the page of each State that has part in it, with its title',
  },
  {
    route: 'GET /:lang/home',
    why: 'What waits for the State stands on the home of those who stand for it, with its title',
  },
  { route: 'GET /:lang/state/requests', why: 'The same as a list' },
  { route: 'GET /:lang/state/requests/:code', why: 'The page of the request: what is asked for in common' },
  { route: 'GET /:lang/state/requests/:code/invitation', why: 'An invited State reads what it would join' },
  { route: 'GET /:lang/state/requests/:code/declining', why: 'The title above the reason for declining' },
  { route: 'GET /:lang/state/requests/:code/leaving', why: 'The title above the reason for leaving' },
  { route: 'GET /:lang/state/requests/:code/check', why: 'The title above the own part that is about to be sent' },
  { route: 'GET /:lang/state/requests/:code/offers/:number', why: 'An offer is made to all States of the request' },
  { route: 'GET /:lang/requests/:code.pdf', why: 'The request on paper, with the common part' },
  { route: 'GET /:lang/requests/:code/agreement.pdf', why: 'What was agreed for all States of the request' },
  { route: 'GET /:lang/requests/:code/files/:id', why: 'A file of the common part' },
]
