import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { INSTANT, sequelize, WALL_TIME } from '../lib/db.ts'
import type { Words } from './course.ts'

export const METHODS = [
  'lecture',
  'discussion',
  'group_work',
  'case',
  'exercise',
  'visit',
  'test',
  'opening',
  'closing',
] as const
export type Method = (typeof METHODS)[number]

/** A person or thing a session needs, by name, as it stands in an agenda. */
export type Booked = {
  role: 'trainer' | 'moderator' | 'interpreter' | 'room' | 'link'
  name: Words
  address?: string
  personId?: string
}

/** What people have been told of a session: the published state that pages, mails and feeds show. */
export type Told = {
  kind: 'session' | 'break'
  title: Words
  outcomes: Words | null
  method: Method | null
  wallStart: string
  wallEnd: string
  zone: string
  startsAt: string
  endsAt: string
  counts: boolean
  interpretation: string[]
  bookings: Booked[]
  sequence: number
  /** Why it was called off, for everyone concerned; null while it stands. */
  canceled: Words | null
}

/** A part of a training at an agreed wall time in its host zone; attendance belongs to it. Breaks are sessions that do not count. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare id: CreationOptional<string>
  declare trainingId: string
  declare kind: 'session' | 'break'
  declare title: Words
  declare outcomes: CreationOptional<Words | null>
  declare method: CreationOptional<Method | null>
  declare wallStart: Temporal.PlainDateTime
  declare wallEnd: Temporal.PlainDateTime
  declare zone: string
  declare startsAt: Temporal.Instant
  declare endsAt: Temporal.Instant
  declare counts: CreationOptional<boolean>
  declare interpretation: CreationOptional<string[]>
  declare uid: string
  declare sequence: CreationOptional<number>
  declare createdAt: Temporal.Instant
  declare changedAt: Temporal.Instant
  declare canceledAt: CreationOptional<Temporal.Instant | null>
  declare canceledReason: CreationOptional<Words | null>
  declare published: CreationOptional<Told | null>
  declare publishedAt: CreationOptional<Temporal.Instant | null>
}

Session.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    trainingId: DataTypes.BIGINT,
    kind: DataTypes.TEXT,
    title: DataTypes.JSONB,
    outcomes: DataTypes.JSONB,
    method: DataTypes.TEXT,
    wallStart: WALL_TIME as never,
    wallEnd: WALL_TIME as never,
    zone: DataTypes.TEXT,
    startsAt: INSTANT as never,
    endsAt: INSTANT as never,
    counts: DataTypes.BOOLEAN,
    interpretation: DataTypes.ARRAY(DataTypes.TEXT),
    uid: DataTypes.TEXT,
    sequence: DataTypes.INTEGER,
    createdAt: { type: INSTANT as never, allowNull: false },
    changedAt: { type: INSTANT as never, allowNull: false },
    canceledAt: INSTANT as never,
    canceledReason: DataTypes.JSONB,
    published: DataTypes.JSONB,
    publishedAt: INSTANT as never,
  },
  { sequelize, tableName: 'sessions' },
)
