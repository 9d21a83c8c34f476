import type { Request } from 'express'

/** The request a training was made of, as a link to the side on which the reader stands. */
export const originLink = ({ lang, actor }: Request, code: string) => ({
  code,
  href: `/${lang}${actor.staff ? '/manage' : '/state'}/requests/${code}`,
})
