// The passage that is selected in a text goes into the remark about it, with its language.
const form = document.querySelector('form[data-remark]')

document.addEventListener('selectionchange', () => {
  const selection = document.getSelection()
  const side = selection.anchorNode?.parentElement?.closest('.draft-side')
  const text = selection.toString().trim()
  if (!form || !side || !text || !side.contains(selection.focusNode)) return
  form.elements.quote.value = text.slice(0, form.elements.quote.maxLength)
  form.elements.part.value = side.lang
})
