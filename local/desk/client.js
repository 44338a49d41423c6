// Keeps the page true while things happen: each part that the server marks live is fetched again
// and replaced when it differs. Everything on the desk also works without this script.
const slowMs = 15_000;
let running = false;
let again = false;

async function refresh() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const response = await fetch(location.href, { cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
      if (next && next.innerHTML !== part.dataset.shown) replace(part, next);
    }
  } catch {
    // The local run has stopped or is starting again: the next change tells.
  }
  running = false;
  if (again) {
    again = false;
    await refresh();
  }
}

function replace(part, next) {
  // What somebody has opened to read stays as it is.
  if (part.querySelector('details[open]')) return;
  part.dataset.shown = next.innerHTML;
  part.className = next.className;
  part.replaceChildren(...next.childNodes);
}

for (const part of document.querySelectorAll('[data-live]')) part.dataset.shown = part.innerHTML;

new EventSource('/desk/changes').addEventListener('message', refresh);
setInterval(() => document.visibilityState === 'visible' && refresh(), slowMs);

document.addEventListener('submit', ({ target }) => {
  document.body.classList.add('busy');
  // A disabled button would not be sent: wait until the form has gone.
  setTimeout(() => {
    for (const button of target.querySelectorAll('button')) button.disabled = true;
  });
  setInterval(refresh, 1000);
});

// A file may be dropped anywhere on the card of its feed.
for (const form of document.querySelectorAll('[data-drop]')) {
  const card = form.closest('.card');
  card.addEventListener('dragover', (event) => {
    event.preventDefault();
    card.classList.add('over');
  });
  card.addEventListener('dragleave', () => card.classList.remove('over'));
  card.addEventListener('drop', (event) => {
    event.preventDefault();
    form.elements.file.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

// Back from a page that the browser kept: nothing is under way any more.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
