import { Router } from 'express'
import { trainings } from './trainings.ts'
import { agendas } from './agendas.ts'
import { attendance } from './attendance.ts'
import { manageAttendance } from './manage/attendance.ts'
import { attendanceCodes } from './manage/attendance-codes.ts'
import { attendanceImports } from './manage/attendance-imports.ts'
import { sessionAttendance } from './manage/session-attendance.ts'
import { walkIns } from './manage/walk-ins.ts'
import { manageAgendaDays } from './manage/agenda-days.ts'
import { manageAgendas } from './manage/agendas.ts'
import { manageHolidays } from './manage/holidays.ts'
import { manageMaterials } from './manage/materials.ts'
import { managePlanning } from './manage/planning.ts'
import { manageResources } from './manage/resources.ts'
import { manageRequests } from './manage/requests.ts'
import { manageRequestOffers } from './manage/request-offers.ts'
import { manageSessions } from './manage/sessions.ts'
import { draftEditor } from './manage/draft-editor.ts'
import { draftHistory } from './manage/draft-history.ts'
import { manageCurriculum } from './manage/curriculum.ts'
import { manageDecisions } from './manage/decisions.ts'
import { manageDrafts } from './manage/drafts.ts'
import { manageRemarks } from './manage/remarks.ts'
import { manageDiagrams } from './manage/diagrams.ts'
import { manageFiles } from './manage/files.ts'
import { managePictures } from './manage/pictures.ts'
import { moduleFiles } from './module-files.ts'
import { modulePictures } from './module-pictures.ts'
import { managePublication } from './manage/publication.ts'
import { manageOpenings } from './manage/openings.ts'
import { manageCopies } from './manage/copies.ts'
import { managePeopleInCharge } from './manage/people-in-charge.ts'
import { manageCourses } from './manage/courses.ts'
import { manageProjects } from './manage/projects.ts'
import { manageSignings } from './manage/signings.ts'
import { manageRenditions } from './manage/renditions.ts'
import { manageTranslations } from './manage/translations.ts'
import { translationFiles } from './manage/translation-files.ts'
import { manageTurnings } from './manage/turnings.ts'
import { offers } from './offers.ts'
import { manageEssays } from './manage/essays.ts'
import { manageTests } from './manage/tests.ts'
import { manageTrainings } from './manage/trainings.ts'
import { lessons } from './lessons.ts'
import { home } from './home.ts'
import { enrollments } from './enrollments.ts'
import { expectations } from './expectations.ts'
import { extensions } from './extensions.ts'
import { confirmations } from './confirmations.ts'
import { courses } from './courses.ts'
import { assignments } from './assignments.ts'
import { attempts } from './attempts.ts'
import { attemptPages } from './attempt-pages.ts'
import { certificates } from './certificates.ts'
import { evaluations } from './evaluations.ts'
import { feeds, myCalendar } from './feeds.ts'
import { evaluationsOfTrainings } from './manage/evaluations.ts'
import { homepage } from './homepage.ts'
import { manageAssignments } from './manage/assignments.ts'
import { manageAudit } from './manage/audit.ts'
import { manageBank } from './manage/bank.ts'
import { itemForms } from './manage/item-forms.ts'
import { itemAnalyses } from './manage/item-analysis.ts'
import { manageGains } from './manage/gains.ts'
import { itemNeeds } from './manage/item-needs.ts'
import { manageRegrading } from './manage/regrading.ts'
import { manageItems } from './manage/items.ts'
import { itemExports } from './manage/item-exports.ts'
import { itemImports } from './manage/item-imports.ts'
import { manageBulkMails } from './manage/bulk-mails.ts'
import { manageContributions } from './manage/contributions.ts'
import { manageCertificates } from './manage/certificates.ts'
import { manageLostPasses } from './manage/lost-passes.ts'
import { manageJobs } from './manage/jobs.ts'
import { manageMailTexts } from './manage/mail-texts.ts'
import { manageMails } from './manage/mails.ts'
import { managePeople } from './manage/people.ts'
import { manageSettings } from './manage/settings.ts'
import { materials } from './materials.ts'
import { essays } from './essays.ts'
import { marking } from './marking.ts'
import { measures } from './measures.ts'
import { names } from './names.ts'
import { outbox } from './outbox.ts'
import { passwordResets } from './password-resets.ts'
import { people } from './people.ts'
import { preferences } from './preferences.ts'
import { privacy } from './privacy.ts'
import { registrations } from './registrations.ts'
import { handovers } from './handovers.ts'
import { manageFocalPoints } from './manage/focal-points.ts'
import { requestPapers } from './request-papers.ts'
import { requestParts } from './request-parts.ts'
import { agreements } from './request-agreements.ts'
import { requestFiles } from './request-files.ts'
import { requestJoining } from './request-joining.ts'
import { requests } from './requests.ts'
import { states } from './states.ts'
import { root } from './root.ts'
import { teaching } from './teaching.ts'
import { signIns } from './sign-ins.ts'
import { oneClick, unsubscribing } from './unsubscribing.ts'
import { verifications } from './verifications.ts'

/** Everything reachable under a language, in three lists: public, signed in, staff. */
export const pagesOfEachLanguage = Router()

const open = [
  agendas,
  confirmations,
  courses,
  homepage,
  offers,
  outbox,
  passwordResets,
  privacy,
  registrations,
  signIns,
  trainings,
  unsubscribing,
]
const forSignedIn: Router[] = [
  assignments,
  attempts,
  attemptPages,
  attendance,
  certificates,
  enrollments,
  evaluations,
  expectations,
  home,
  lessons,
  materials,
  myCalendar,
  essays,
  marking,
  measures,
  names,
  people,
  preferences,
  handovers,
  requestPapers,
  requestParts,
  requests,
  requestFiles,
  requestJoining,
  agreements,
  states,
  teaching,
  extensions,
]
const forStaff: Router[] = [
  manageAgendas,
  manageAgendaDays,
  manageHolidays,
  manageMaterials,
  managePlanning,
  manageFocalPoints,
  manageRequestOffers,
  manageRequests,
  manageResources,
  manageSessions,
  manageAttendance,
  attendanceCodes,
  attendanceImports,
  sessionAttendance,
  walkIns,
  evaluationsOfTrainings,
  manageAssignments,
  manageAudit,
  manageCurriculum,
  managePublication,
  manageDiagrams,
  manageFiles,
  managePictures,
  draftEditor,
  draftHistory,
  manageDrafts,
  manageTranslations,
  translationFiles,
  manageRenditions,
  manageRemarks,
  manageBank,
  itemForms,
  itemAnalyses,
  manageGains,
  itemNeeds,
  manageRegrading,
  manageItems,
  itemImports,
  itemExports,
  manageBulkMails,
  manageContributions,
  manageLostPasses,
  manageCertificates,
  manageJobs,
  manageMailTexts,
  manageMails,
  managePeople,
  manageSettings,
  manageOpenings,
  manageDecisions,
  manageTests,
  manageEssays,
  manageTrainings,
  manageTurnings,
  manageCopies,
  managePeopleInCharge,
  manageCourses,
  manageProjects,
  manageSignings,
]

pagesOfEachLanguage.use(...open, ...forSignedIn, ...forStaff)

/** Addresses without a language: the crossroads, and what machines and papers point to. */
export const pagesWithoutLanguage = Router()
pagesWithoutLanguage.use(feeds, moduleFiles, modulePictures, oneClick, root, verifications)
