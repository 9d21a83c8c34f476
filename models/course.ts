import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { sequelize } from '../lib/db.ts'

export type Words = { en: string; ru: string }
export type CourseKind = 'module' | 'composed' | 'agenda' | 'tot'

/** A named selection of lessons, assessments and rules that can be offered. Its states are course versions. */
export class Course extends Model<InferAttributes<Course>, InferCreationAttributes<Course>> {
  declare id: CreationOptional<string>
  declare code: string
  declare kind: CourseKind
  declare moduleId: CreationOptional<string | null>
  declare position: CreationOptional<number>
}

Course.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    code: DataTypes.TEXT,
    kind: DataTypes.TEXT,
    moduleId: DataTypes.BIGINT,
    position: DataTypes.INTEGER,
  },
  { sequelize, tableName: 'courses' },
)
