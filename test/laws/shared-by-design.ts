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
