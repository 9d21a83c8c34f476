import { z } from 'zod'
import { type Choice, TOPICS, type Topic } from '../../models/preferring.ts'

const oneOf = (topic: Topic) => z.enum([...TOPICS[topic]] as [Choice, ...Choice[]], 'preferences.errors.choice')

/** One choice for each topic, of those the topic has. */
export const preferencesForm = z.object(
  Object.fromEntries((Object.keys(TOPICS) as Topic[]).map(topic => [topic, oneOf(topic)])) as Record<
    Topic,
    ReturnType<typeof oneOf>
  >,
)
