// Saves the answers of a test as they are given. What the line does not take is kept on this device, also when the tab
// is closed, and sent again in order; a device counts its changes, so the platform knows which came last.

const box = document.querySelector('[data-kept]')
const form = box.closest('form')
const saying = document.querySelector('[data-saving]')
const words = Object.fromEntries(
  [...box.querySelectorAll('template')].map(word => [word.dataset.word, word.content.textContent]),
)
const opened = performance.now()
const PLACE = `rtcm.kept.${box.dataset.kept}`
const closed = Boolean(box.dataset.closed)
// Private windows and full disks refuse to keep things: then this page's memory has to do.
const memory = new Map()

let sending = null
let goingTo = null
let retry = null
let patience = 2000

addEventListener('online', flush)
addEventListener('pageshow', event => event.persisted && location.reload())
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && flush())
document.addEventListener('time-ending', flush)

if (closed) finish()
else {
  form.addEventListener('change', event => changed(event.target.closest('[data-question]')))
  form.addEventListener('submit', leave)
  if (!('saved' in saying.dataset)) say(words.ready)
  showKept()
  if ('unsaved' in form.dataset) for (const question of form.querySelectorAll('[data-question]')) changed(question)
  flush()
}

function changed(question) {
  if (!question) return
  const value = [...question.querySelectorAll('input:checked')].map(input => input.value)
  const number = Number(question.dataset.question)
  const kept = read()
  kept.counter++
  const ms = Math.round(Number(box.dataset.elapsed) + performance.now() - opened)
  // An older change of the same question that has not left yet has nothing to add.
  kept.waiting = kept.waiting.filter(each => each.question !== number || each.counter <= kept.leaving)
  kept.waiting.push({ question: number, value, counter: kept.counter, ms })
  write(kept)
  mark(number, value)
  clearTimeout(retry)
  retry = setTimeout(flush, 200)
}

/** Sends what waits, one request at a time; resolves when nothing waits or the line is gone. */
function flush() {
  clearTimeout(retry)
  sending ??= send().finally(() => {
    sending = null
    const waiting = read().waiting.length
    if (!waiting) patience = 2000
    else if (!closed) {
      retry = setTimeout(flush, patience)
      patience = Math.min(patience * 2, 30_000)
    }
    if (!waiting && goingTo) goingTo()
    else if (goingTo) say(words.waiting)
  })
  return sending
}

async function send() {
  for (let renewed = false; ; ) {
    const kept = read()
    const batch = kept.waiting.slice(0, 100)
    if (!batch.length) return
    write({ ...kept, leaving: batch.at(-1).counter })
    if (!closed) say(words.sending)
    const answer = await post(batch)
    if (answer?.saved) {
      const done = [...answer.saved, ...answer.refused]
      forget(batch.filter(each => done.includes(each.counter)))
      say(words.saved.replace('%time%', answer.at))
      document.dispatchEvent(new CustomEvent('time-left', { detail: answer.leftMs }))
    } else if (answer?.closed) {
      return late(read().waiting.map(each => each.question))
    } else {
      const signedOut = answer === 'refused' && (renewed || !(await renewToken()))
      if (answer === 'refused' && !signedOut) {
        renewed = true
        continue
      }
      if (!closed) signedOut ? say(words.signedOut, signInAddress(), words.signIn) : say(words.kept)
      return
    }
  }
}

/** What the platform says; 'refused' when the token or the sign-in session is gone; undefined without a line. */
async function post(answers) {
  try {
    const response = await fetch(box.dataset.answers, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': token().value },
      body: JSON.stringify({ device: device(), answers }),
      signal: AbortSignal.timeout(10_000),
    })
    if (response.status === 401 || response.status === 422) return 'refused'
    return response.ok || response.status === 409 ? await response.json() : undefined
  } catch {
    return undefined
  }
}

/** A fresh token from this same page; false when it leads to the sign-in page instead. */
async function renewToken() {
  try {
    const response = await fetch(location.pathname, { headers: { Accept: 'text/html' } })
    if (new URL(response.url).pathname === box.dataset.signIn) return false
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    const fresh = page.querySelector('[data-kept]')?.closest('form').querySelector('[name=_csrf]')
    if (fresh) token().value = fresh.value
    return Boolean(fresh)
  } catch {
    return true
  }
}

/** Leaves a page only when its answers are saved. */
function leave(event) {
  if (sending || read().waiting.length || form.matches('[data-questions]')) event.preventDefault()
  else return
  const href = (event.submitter ?? form.querySelector('button')).dataset.href
  goingTo = () => {
    goingTo = null
    if (href) location.assign(href)
    else form.submit()
  }
  flush()
}

/** The attempt is closed: whatever still waits comes too late, and the page says so. */
async function finish() {
  if (read().waiting.length) await flush()
  if (!read().waiting.length) forgetAll()
}

function late(questions) {
  say(
    words.late.replace('%questions%', [...new Set(questions)].join(', ')),
    closed ? null : box.dataset.result,
    words.toResult,
  )
  forgetAll()
}

/** Shows on the page what was given here but has not reached the platform yet. */
function showKept() {
  for (const { question, value } of read().waiting) {
    for (const input of form.querySelectorAll(`[name=q${question}]`)) input.checked = value.includes(input.value)
    mark(question, value)
  }
}

function mark(number, value) {
  const button = form.querySelector(`[data-mark="${number}"]`)
  if (!button) return
  button.classList.toggle('answered', value.length > 0)
  button.querySelector('[data-answered]').hidden = value.length === 0
}

function say(text, href, label) {
  if (href) {
    const link = Object.assign(document.createElement('a'), { href, textContent: label })
    saying.replaceChildren(text, ' ', link)
  } else if (saying.textContent !== text) saying.textContent = text
}

function token() {
  return form.querySelector('[name=_csrf]')
}

function signInAddress() {
  return `${box.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`
}

function stored(name, value) {
  try {
    if (value === null) localStorage.removeItem(name)
    else if (value !== undefined) localStorage.setItem(name, value)
    else return localStorage.getItem(name) ?? memory.get(name)
  } catch {
    if (value === undefined) return memory.get(name)
  }
  value === null ? memory.delete(name) : memory.set(name, value)
}

function read() {
  const text = stored(PLACE)
  return text ? JSON.parse(text) : { counter: 0, leaving: 0, waiting: [] }
}

function write(kept) {
  stored(PLACE, JSON.stringify(kept))
}

function forget(done) {
  const counters = done.map(each => each.counter)
  const kept = read()
  write({ ...kept, waiting: kept.waiting.filter(each => !counters.includes(each.counter)) })
}

function forgetAll() {
  stored(PLACE, null)
}

function device() {
  const known = stored('rtcm.device')
  if (known) return known
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  const made = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  stored('rtcm.device', made)
  return made
}
