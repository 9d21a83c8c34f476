// Shows what is typed as readers will see it, a moment after the last key: the platform renders, this page only asks.
const form = document.querySelector('form[data-preview]')
const here = document.querySelector('[data-preview-here]')
let timer = null
let asked = 0

form.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(refresh, 800)
})
refresh()

async function refresh() {
  const turn = ++asked
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
  try {
    const response = await fetch(form.dataset.preview, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'X-CSRF-Token': form.elements._csrf.value },
    })
    // An answer that was overtaken by a later one says nothing new.
    if (response.ok && !response.redirected && turn === asked) here.innerHTML = await response.text()
  } catch {
    // Without a line the preview stays as it is; the button of the form still works later.
  }
}
