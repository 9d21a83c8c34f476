// What was typed goes along when the reader switches the language in the middle of a form.
// It waits in this tab only, for the same page, once; passwords, files and tokens stay behind.
const path = location.pathname.replace(/^\/[^/]+/, '')
const slot = `typed:${path}`
const fields = () =>
  [...document.querySelectorAll('main form[method="post"] :is(input, select, textarea)[name]')].filter(
    field => !['hidden', 'password', 'file', 'submit'].includes(field.type),
  )
const ticks = field => field.type === 'checkbox' || field.type === 'radio'

const kept = JSON.parse(sessionStorage.getItem(slot) ?? 'null')
if (kept) {
  sessionStorage.removeItem(slot)
  for (const field of fields()) {
    const values = kept[field.name]
    if (!values) continue
    if (ticks(field)) field.checked = values.includes(field.value)
    else field.value = values[0]
  }
}

for (const link of document.querySelectorAll('.languages a'))
  link.addEventListener('click', () => {
    const typed = {}
    for (const field of fields()) {
      typed[field.name] ??= []
      if (!ticks(field) || field.checked) typed[field.name].push(field.value)
    }
    if (Object.keys(typed).length) sessionStorage.setItem(slot, JSON.stringify(typed))
  })
