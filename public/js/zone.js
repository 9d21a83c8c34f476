// Offers the browser's own time zone where the page has chosen none.
const select = document.querySelector('select[name=zone]')
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const known = select && [...select.options].find(option => option.value === zone)
if (known && select.value === '') select.value = zone
