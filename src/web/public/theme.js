// Before the first paint, so that no page flashes in the wrong colours; the policy of the site allows no script inside of the page.
try {
  const theme = localStorage.getItem('meridian.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  if (localStorage.getItem('meridian.density') === 'comfortable') document.documentElement.dataset.density = 'comfortable'
  if (localStorage.getItem('meridian.rail') === 'narrow') document.documentElement.dataset.rail = 'narrow'
} catch { /* storage may be forbidden */ }
