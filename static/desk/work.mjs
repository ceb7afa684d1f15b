// Keeps a page about work that goes on fresh: its pieces (data-fresh) are asked for again, the focus stays where it was, and only what became
// of the work is said aloud, once. Where the page leads on (the work is done, or one is no longer signed in), the browser goes there.
const PAUSE = 3000;
const controls = (within) => [...within.querySelectorAll('a[href], button')];

async function refresh() {
  try {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.ok && (answer.redirected || !page.querySelector('[data-fresh]'))) {
      location.replace(answer.url);
      return;
    }
    if (answer.ok) for (const old of document.querySelectorAll('[data-fresh]')) renew(old, page.getElementById(old.id));
  } catch { /* the network is away: asked again below */ }
  watch();
}

function renew(old, fresh) {
  if (!fresh) return;
  const held = controls(old).indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (fresh.dataset.told !== old.dataset.told) document.getElementById('told').textContent = fresh.dataset.told;
  if (held >= 0) (controls(fresh)[held] ?? fresh).focus({preventScroll: true});
}

function watch() {
  if (document.querySelector('[data-running]')) setTimeout(refresh, PAUSE);
}

watch();
