import { loadForm } from '../../models/curriculum/loading/form.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { contentsOf } from '../../models/curriculum/content.ts'
import { DAILY_FORM } from '../../models/evaluating-days.ts'
import { theHouse } from './app.ts'

/** The two-minute form as it is shipped, published. */
export async function theDailyForm() {
  const { curriculum } = checkCurriculum(new URL('../../curriculum', import.meta.url).pathname)
  const { forms } = contentsOf(curriculum, theHouse().texts.translator)
  await loadForm(forms.find(({ form }) => form.code === DAILY_FORM)!, { publish: true, actor: null })
}
