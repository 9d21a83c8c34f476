// Saves the text of a form while somebody writes: `data-draft` is where to, `[data-saving]` says what happened.
// What the line does not take stays on the page and is sent again; buttons of the form work as without this.
const form = document.querySelector('form[data-draft]')
const saying = form.querySelector('[data-saving]')
const words = saying.dataset
let timer = null
let sending = false
let dirty = false
let patience = 2000

saying.textContent = saying.textContent.trim() || words.ready
form.addEventListener('input', event => event.target.type !== 'file' && later(1000))
addEventListener('online', () => dirty && later(0))
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && dirty && save())

function later(ms) {
  dirty = true
  clearTimeout(timer)
  timer = setTimeout(save, ms)
}

async function save() {
  clearTimeout(timer)
  if (sending) return
  sending = true
  dirty = false
  saying.textContent = words.sending
  const answer = await post()
  sending = false
  if (answer.at) {
    patience = 2000
    saying.textContent = words.saved.replace('%time%', answer.at)
    if (answer.revision !== undefined) form.elements.revision.value = answer.revision
    if (dirty) later(1000)
  } else if (answer.signedOut) saying.textContent = words.out
  else if (answer.newer) saying.textContent = words.newer
  else if (answer.refused) saying.textContent = answer.refused
  else {
    dirty = true
    saying.textContent = words.failed
    timer = setTimeout(save, patience)
    patience = Math.min(patience * 2, 30_000)
  }
}

async function post() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== '_csrf')
  try {
    const response = await fetch(form.dataset.draft, {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': form.elements._csrf.value },
      body: JSON.stringify(Object.fromEntries(fields)),
      signal: AbortSignal.timeout(10_000),
    })
    const answer = await response.json()
    return answer.stale ? { signedOut: true } : answer
  } catch {
    return {}
  }
}
