import type { Actor } from '../actor.ts'

/** Whoever holds such a mail holds the key to an account. */
const KEYS_OF_ACCOUNTS = ['reset-password', 'change-address']
export const KEYS = ['confirm-address', ...KEYS_OF_ACCOUNTS]

/**
 * Who reads the text of a mail. Staff read all but the keys; those they read only while no mail server is set up, when
 * somebody has to pass them on, and a key to an account only an administrator. In the demo everyone reads everything.
 */
export function readMail(
  actor: Actor,
  kind: string,
  { demo, delivers }: { demo: boolean; delivers: boolean },
): boolean {
  if (demo) return true
  if (!actor.staff) return false
  if (!KEYS.includes(kind)) return true
  return !delivers && (!KEYS_OF_ACCOUNTS.includes(kind) || actor.is('administrator'))
}
