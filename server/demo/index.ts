import type { Config } from '../../lib/config.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE, fillPeople } from './people.ts'
import { fillStates } from './states.ts'

/** Fills an empty demo: States, people. Running it again changes nothing. */
export async function fillDemo(_config: Config) {
  await fillStates()
  await fillPeople()
}

/** Says on the console where the demo is and who can sign in. */
export function greetDemo({ baseUrl }: Config) {
  const people = DEMO_PEOPLE.map(({ email, does }) => `  ${email.padEnd(30)} ${does}`).join('\n')
  console.log(
    `\nRTCM learning platform, demonstration: ${baseUrl}/\nSign in with the password ${DEMO_PASSWORD} as\n${people}\n`,
  )
}
