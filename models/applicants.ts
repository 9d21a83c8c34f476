import { one } from '../lib/db.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'

/** A person who asks for a place, with what a decision rests on. */
export type Applicant = {
  id: string
  personId: string
  trainingId: string
  code: string
  title: Words
  name: string
  country: string | null
  countryName: Words | null
  organization: string | null
  agencyType: string | null
  status: EnrollmentStatus
  createdAt: Temporal.Instant
  seats: number | null
  taken: number
  /** Trainings in which this person has a certificate. */
  certificates: number
}

/** The person behind an enrollment, for who decides on it. */
export const applicantOf = (enrollmentId: string): Promise<Applicant | undefined> =>
  one<Applicant>(
    'applicant',
    `select e.id, p.id as "personId", t.id as "trainingId", t.code, coalesce(t.title, v.title) as title,
       coalesce(p.name_latin, '') as name, e.country, s.name as "countryName", p.organization, e.agency_type as "agencyType",
       e.status, e.created_at as "createdAt", t.seats,
       (select count(*)::int from enrollments x where x.training_id = t.id and x.status = 'enrolled') as taken,
       (select count(*)::int from certificates k where k.person_id = p.id and k.revoked_at is null and k.replaced_at is null) as certificates
     from enrollments e join people p on p.id = e.person_id join trainings t on t.id = e.training_id
     join course_versions v on v.id = t.course_version_id left join states s on s.iso2 = e.country
     where e.id = $1`,
    [enrollmentId],
  )
