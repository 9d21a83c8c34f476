import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { sequelize } from '../lib/db.ts'
import type { Words } from './course.ts'
import type { Blueprint } from './drawing.ts'
import type { Feedback } from './test-rules.ts'

/**
 * A test of a course version: how many items of which outcome, and its limits; the measures before and after (pre, post);
 * or an assignment and its rules.
 */
export class Assessment extends Model<InferAttributes<Assessment>, InferCreationAttributes<Assessment>> {
  declare id: CreationOptional<string>
  declare courseVersionId: string
  declare kind: 'test' | 'assignment' | 'pre' | 'post'
  declare title: Words
  declare blueprint: CreationOptional<Blueprint | null>
  declare passPercent: CreationOptional<number | null>
  declare attempts: number
  declare minutes: CreationOptional<number | null>
  declare perPage: CreationOptional<number | null>
  declare feedback: CreationOptional<Feedback | null>
}

Assessment.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    courseVersionId: DataTypes.BIGINT,
    kind: DataTypes.TEXT,
    title: DataTypes.JSONB,
    blueprint: DataTypes.JSONB,
    passPercent: DataTypes.INTEGER,
    attempts: DataTypes.INTEGER,
    minutes: DataTypes.INTEGER,
    perPage: DataTypes.INTEGER,
    feedback: DataTypes.TEXT,
  },
  { sequelize, tableName: 'assessments' },
)
