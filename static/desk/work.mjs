// Keeps a page about work that goes on fresh: what stands in #work is asked for again, and the focus stays where it was.
// Where the page leads on (the work is done, or one is no longer signed in), the browser goes there.
const PAUSE = 3000;
const controls = (within) => [...within.querySelectorAll('a[href], button')];

async function refresh() {
  const work = document.getElementById('work');
  const held = controls(work).indexOf(document.activeElement);
  try {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('work');
    if (answer.ok && (answer.redirected || !fresh)) {
      location.replace(answer.url);
      return;
    }
    if (answer.ok) {
      work.replaceWith(fresh);
      controls(fresh)[held]?.focus({preventScroll: true});
    }
  } catch { /* the network is away: asked again below */ }
  watch();
}

function watch() {
  if (document.querySelector('#work[data-running]')) setTimeout(refresh, PAUSE);
}

watch();
