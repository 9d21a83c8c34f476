import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { INSTANT, sequelize } from '../lib/db.ts'
import type { Words } from './course.ts'
import type { WorkingLanguage } from './official-languages.ts'

export type Format = 'self_paced' | 'live_online' | 'on_site' | 'blended'
export type TrainingStatus = 'draft' | 'published' | 'running' | 'closed' | 'postponed' | 'canceled'

/** Who signs the certificates of one training, instead of the Center's usual signatories. */
export type Signatory = { name: Words; post: Words }

/** One offering of a course to a group, dated or open-ended (self-paced). Dates are calendar dates in `zone`. */
export class Training extends Model<InferAttributes<Training>, InferCreationAttributes<Training>> {
  declare id: CreationOptional<string>
  declare code: string
  declare courseId: string
  declare courseVersionId: string
  declare title: CreationOptional<Words | null>
  declare format: Format
  declare zone: CreationOptional<string>
  declare hostState: CreationOptional<string | null>
  declare place: CreationOptional<Words | null>
  declare languages: CreationOptional<string[]>
  declare agreedCondition: CreationOptional<string | null>
  declare fallbackLanguage: CreationOptional<WorkingLanguage>
  declare seats: CreationOptional<number | null>
  declare enrollmentMode: 'open' | 'approval'
  declare visibility: CreationOptional<'public' | 'unlisted'>
  declare hours: number
  declare startsOn: CreationOptional<string | null>
  declare endsOn: CreationOptional<string | null>
  declare enrollUntil: CreationOptional<Temporal.Instant | null>
  declare issueWithinDays: CreationOptional<number>
  declare status: TrainingStatus
  declare projectId: CreationOptional<string | null>
  declare costBearer: CreationOptional<string | null>
  declare signatories: CreationOptional<Signatory[] | null>
  declare copiedFromId: CreationOptional<string | null>
  declare agendaNumber: CreationOptional<number>
  declare asksDaily: CreationOptional<boolean>
  declare createdAt: Temporal.Instant
}

Training.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    code: DataTypes.TEXT,
    courseId: DataTypes.BIGINT,
    courseVersionId: DataTypes.BIGINT,
    title: DataTypes.JSONB,
    format: DataTypes.TEXT,
    zone: DataTypes.TEXT,
    hostState: DataTypes.CHAR(2),
    place: DataTypes.JSONB,
    languages: DataTypes.ARRAY(DataTypes.TEXT),
    agreedCondition: DataTypes.TEXT,
    fallbackLanguage: DataTypes.TEXT,
    seats: DataTypes.INTEGER,
    enrollmentMode: DataTypes.TEXT,
    visibility: DataTypes.TEXT,
    hours: DataTypes.INTEGER,
    startsOn: DataTypes.DATEONLY,
    endsOn: DataTypes.DATEONLY,
    enrollUntil: INSTANT as never,
    issueWithinDays: DataTypes.INTEGER,
    status: DataTypes.TEXT,
    projectId: DataTypes.BIGINT,
    costBearer: DataTypes.TEXT,
    signatories: DataTypes.JSONB,
    copiedFromId: DataTypes.BIGINT,
    agendaNumber: DataTypes.INTEGER,
    asksDaily: DataTypes.BOOLEAN,
    createdAt: { type: INSTANT as never, allowNull: false },
  },
  { sequelize, tableName: 'trainings' },
)
