// Marking by keyboard, and saving as one goes. Without this the same form works with its buttons.
// Figures choose a level of the criterion in hand and go on to the next; up and down move between criteria; c is the
// comment; n goes on to the next work, f makes the judgment final, r returns the work. Escape leaves the comment.
const form = document.querySelector('form[data-marking]')
const criteria = [...form.querySelectorAll('[data-criterion]')]
const saying = form.querySelector('[data-saving]')
const comment = form.querySelector('#comment')
const bank = form.querySelector('#bank')
// The figure of the lowest level: points begin at 0.
const lowest = Number(form.dataset.lowest ?? 1)
let at = Math.max(
  0,
  criteria.findIndex(criterion => !criterion.querySelector('input:checked')),
)
let timer = null
let dirty = false
let sending = false

document.querySelector('[data-keys]').hidden = false
focusOn(at)

form.addEventListener('change', event => event.target !== bank && later(100))
form.addEventListener('input', event => event.target === comment && later(1000))
form.addEventListener('focusin', event => {
  const criterion = event.target.closest('[data-criterion]')
  if (criterion) at = criteria.indexOf(criterion)
})
document.addEventListener('keydown', press)
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && dirty && save())

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.matches('textarea, select, input[type=text]')) {
    if (event.key === 'Escape') focusOn(at)
    return
  }
  const act = keyOf(event)
  if (!act) return
  event.preventDefault()
  act()
}

function keyOf({ key }) {
  if (/^[0-9]$/.test(key)) return () => choose(Number(key) - lowest)
  if (key === 'ArrowDown' || key === 'j') return () => focusOn(at + 1)
  if (key === 'ArrowUp' || key === 'k') return () => focusOn(at - 1)
  if (key === 'c') return () => comment.focus()
  if (key === 'f') return () => form.querySelector('[value=final]').click()
  const back = form.querySelector('[value=return]')
  if (key === 'r' && back) return () => back.click()
  const next = document.querySelector('[data-next]')
  if (key === 'n' && next) return () => next.click()
  return undefined
}

function choose(place) {
  const input = criteria[at]?.querySelectorAll('input')[place]
  if (!input) return
  input.checked = true
  later(100)
  if (at < criteria.length - 1) focusOn(at + 1)
  else input.focus()
}

function focusOn(place) {
  at = Math.min(Math.max(place, 0), criteria.length - 1)
  const inputs = criteria[at]?.querySelectorAll('input')
  if (inputs) ([...inputs].find(input => input.checked) ?? inputs[0]).focus()
}

function later(ms) {
  dirty = true
  clearTimeout(timer)
  timer = setTimeout(save, ms)
}

async function save() {
  clearTimeout(timer)
  if (sending) return later(200)
  sending = true
  dirty = false
  const fields = [...new FormData(form)].filter(([name]) => name !== '_csrf')
  try {
    const response = await fetch(form.dataset.marking, {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': form.elements._csrf.value },
      body: JSON.stringify(Object.fromEntries(fields)),
      signal: AbortSignal.timeout(10_000),
    })
    const answer = await response.json()
    saying.textContent = answer.at
      ? saying.dataset.saved.replace('%time%', answer.at)
      : (answer.refused ?? saying.dataset.failed)
  } catch {
    saying.textContent = saying.dataset.failed
    dirty = true
    timer = setTimeout(save, 5000)
  } finally {
    sending = false
  }
}
