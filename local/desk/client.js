// Keeps the page up to date: each part that the server marks as live is fetched again and replaced if
// it changed. Everything on the desk also works without this script.
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
    // The local run has stopped or is restarting: the next change refreshes the page.
  }
  running = false;
  if (again) {
    again = false;
    await refresh();
  }
}

function replace(part, next) {
  // Parts that somebody has opened to read are left alone.
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
  // A disabled button is not submitted, so wait until the form has been sent.
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

// The browser restored this page from its cache: no form is being submitted any more.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
