import supertest from 'supertest'
import { createApp } from '../../server/app.ts'
import { theHouse } from './app.ts'
import { Reader } from './reader.ts'

/** A guest's browser on the same platform run as a demo. */
export function demoReader(): Reader {
  const house = theHouse()
  const reader = new Reader()
  reader.agent = supertest.agent(createApp({ ...house, config: { ...house.config, demo: true } }))
  return reader
}
