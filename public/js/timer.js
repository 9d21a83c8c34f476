// Shows the time left of a test, says so three times, and leads to the result when it is over. The platform's clock decides.

const box = document.querySelector('[data-timer]')
if (box) begin()

function begin() {
  const clock = box.querySelector('[data-clock]')
  const warning = document.querySelector('[data-warning]')
  const hidden = 'rtcm.time-hidden'
  let leftAtStart = Number(box.dataset.left)
  let began = stamp()
  let before = leftAtStart
  let ticking = setInterval(tick, 1000)

  try {
    box.open = localStorage.getItem(hidden) !== 'yes'
    box.addEventListener('toggle', () => localStorage.setItem(hidden, box.open ? 'no' : 'yes'))
  } catch {}
  document.addEventListener('time-left', event => {
    if (event.detail === null) return
    leftAtStart = event.detail
    began = stamp()
  })
  clock.hidden = false
  tick()

  function tick() {
    const left = Math.max(0, leftAtStart - since(began))
    clock.textContent = ` ${left ? inWords(left) : box.dataset.over}`
    if (before > 600_000 && left <= 600_000) warning.textContent = box.dataset.warnTen
    if (before > 300_000 && left <= 300_000) warning.textContent = box.dataset.warnFive
    if (before > 60_000 && left <= 60_000) warning.textContent = box.dataset.warnOne
    if (before > 3000 && left <= 3000) document.dispatchEvent(new CustomEvent('time-ending'))
    before = left
    if (left) return
    clearInterval(ticking)
    setTimeout(finish, 1500)
  }

  // Without a line the page stays, with what was chosen on it.
  async function finish() {
    try {
      await fetch(box.dataset.result, { method: 'HEAD' })
      location.assign(box.dataset.result)
    } catch {
      ticking = setTimeout(finish, 5000)
    }
  }
}

function inWords(ms) {
  const seconds = Math.ceil(ms / 1000)
  const [text, parts] =
    seconds >= 3600
      ? [box.dataset.hours, { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) }]
      : [box.dataset.minutes, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 }]
  return text.replace(/%(\w+)%/g, (_, name) => String(parts[name]))
}

// A sleeping device may stop the one clock, and a person may turn the other: the larger span is nearer the truth.
function stamp() {
  return { steady: performance.now(), wall: Date.now() }
}

function since({ steady, wall }) {
  return Math.max(performance.now() - steady, Date.now() - wall)
}
