import { Account } from './account.ts'
import { Assessment } from './assessment.ts'
import { Certificate } from './certificate.ts'
import { Course } from './course.ts'
import { Enrollment } from './enrollment.ts'
import { Module } from './module.ts'
import { Person } from './person.ts'
import { Session } from './session.ts'
import { Training } from './training.ts'

/** How records hang together: declared here once, so that records name each other with `import type` only. */
Account.belongsTo(Person, { foreignKey: 'personId' })
Course.belongsTo(Module, { foreignKey: 'moduleId' })
Training.belongsTo(Course, { foreignKey: 'courseId' })
Session.belongsTo(Training, { foreignKey: 'trainingId' })
Enrollment.belongsTo(Training, { foreignKey: 'trainingId' })
Enrollment.belongsTo(Person, { foreignKey: 'personId' })
Certificate.belongsTo(Person, { foreignKey: 'personId' })
Certificate.belongsTo(Training, { foreignKey: 'trainingId' })

export const records = [Account, Assessment, Certificate, Course, Enrollment, Module, Person, Session, Training]
export { Account, Assessment, Certificate, Course, Enrollment, Module, Person, Session, Training }
