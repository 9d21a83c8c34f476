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
const TYPED = 'input[type=text], textarea'
const closed = Boolean(box.dataset.closed)
// Private windows and full disks refuse to keep things: then this page's memory has to do.
const memory = new Map()

let sending = null
let goingTo = null
let retry = null
let typing = false
let patience = 2000
let most = 100

addEventListener('online', flush)
addEventListener('pageshow', event => event.persisted && location.reload())
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && flush())
document.addEventListener('time-ending', flush)

if (closed) finish()
else {
  form.addEventListener('change', event => changed(event.target.closest('[data-question]')))
  // Words are kept while they are typed and sent every second, so that a long sentence is never only on the screen.
  form.addEventListener(
    'input',
    event => event.target.matches(TYPED) && changed(event.target.closest('[data-question]'), 1000),
  )
  form.addEventListener('submit', leave)
  // What another tab of this device changes is shown here too.
  addEventListener('storage', event => event.key === PLACE && event.newValue && showKept())
  if (!('saved' in saying.dataset)) say(words.ready)
  showKept()
  if ('unsaved' in form.dataset) for (const question of form.querySelectorAll('[data-question]')) changed(question)
  flush()
}

function changed(question, wait = 200) {
  if (!question) return
  const value = answerIn(question)
  const number = Number(question.dataset.question)
  const kept = read()
  kept.counter++
  const ms = Math.round(Number(box.dataset.elapsed) + performance.now() - opened)
  // An older change of the same question that has not left yet has nothing to add.
  kept.waiting = kept.waiting.filter(each => each.question !== number || each.counter <= kept.leaving)
  kept.waiting.push({ question: number, value, counter: kept.counter, ms })
  write(kept)
  mark(number)
  // Typing on does not put off what waits already.
  if (wait > 200 && typing) return
  clearTimeout(retry)
  typing = wait > 200
  retry = setTimeout(flush, wait)
}

/** The fields of a question by their names; what stands in each is one entry, as the platform keeps it. */
function controls(question) {
  return [...question.querySelectorAll('input, select, textarea')]
}

function entryOf({ name, value }) {
  const [, path] = /^q\d+\.(.+)$/.exec(name) ?? []
  return path ? `${path}=${value.trim()}` : value.trim()
}

function filled(field) {
  return field.matches('[type=radio], [type=checkbox]') ? field.checked : field.value.trim() !== ''
}

function answerIn(question) {
  return controls(question).filter(filled).map(entryOf)
}

/** Shows an answer that is kept here in the fields of its question. */
function fill(question, value) {
  for (const field of controls(question)) {
    const path = /^q\d+(\..+)?$/.exec(field.name)?.[1]?.slice(1)
    if (field.matches('[type=radio], [type=checkbox]')) field.checked = value.includes(entryOf(field))
    else
      field.value = path
        ? (value.find(each => each.startsWith(`${path}=`)) ?? '').slice(path.length + 1)
        : (value[0] ?? '')
  }
}

/** Sends what waits, one request at a time; resolves when nothing waits or the line is gone. */
function flush() {
  clearTimeout(retry)
  typing = false
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
    const batch = kept.waiting.slice(0, most)
    if (!batch.length) return
    write({ ...kept, leaving: batch.at(-1).counter })
    if (!closed) say(words.sending)
    const answer = await post(batch)
    if (answer?.saved) {
      acknowledged(batch, answer)
    } else if (answer === 'too-large') {
      if (batch.length > 1) most = Math.ceil(batch.length / 2)
      else {
        forget(batch)
        return say(words.tooLong)
      }
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

/** What arrived is safe; after the time was over, only what was given before it. */
function acknowledged(batch, answer) {
  const done = [...answer.saved, ...answer.refused, ...answer.late]
  forget(batch.filter(each => done.includes(each.counter)))
  const late = batch.filter(each => answer.late.includes(each.counter)).map(each => each.question)
  if (late.length) sayLate(late)
  else say((answer.over ? words.arrived : words.saved).replace('%time%', answer.at))
  document.dispatchEvent(new CustomEvent('time-left', { detail: answer.leftMs }))
  const given = document.querySelector('[data-given-back]')
  if (given && answer.givenBack && given.textContent !== answer.givenBack) given.textContent = answer.givenBack
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
    if (response.status === 413) return 'too-large'
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
  sayLate(questions)
  forgetAll()
}

function sayLate(questions) {
  say(
    words.late.replace('%questions%', [...new Set(questions)].join(', ')),
    closed ? null : box.dataset.result,
    words.toResult,
  )
}

/** Shows on the page what was given here but has not reached the platform yet. */
function showKept() {
  for (const { question, value } of read().waiting) {
    const asked = form.querySelector(`[data-question="${question}"]`)
    if (asked) fill(asked, value)
    mark(question)
  }
}

/** A question is answered when each of its fields is filled in. */
function mark(number) {
  const button = form.querySelector(`[data-mark="${number}"]`)
  const question = form.querySelector(`[data-question="${number}"]`)
  if (!button || !question) return
  const names = new Set(controls(question).map(field => field.name))
  const answered = controls(question)
    .filter(filled)
    .map(field => field.name)
  const done = [...names].every(name => answered.includes(name))
  button.classList.toggle('answered', done)
  button.querySelector('[data-answered]').hidden = !done
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
