// The connection: what the program says of the document, and when it says something new.

let source = null;
let wait = 500;
let timer = 0;
let listener = {};
let running = false;
let again = false;

/** Starts listening. `onState` gets each new state, `onConnection` one of `connected`, `lost`, `gone`. */
export function listen(onState, onConnection) {
  listener = { onState, onConnection };
  follow();
  document.addEventListener("visibilitychange", follow);
}

/**
 * Listens while the page is seen. All tabs of a browser share six connections to the program: one that each tab keeps open
 * would leave none for the pages of the seventh.
 */
function follow() {
  if (document.visibilityState === "visible") connect();
  else disconnect();
  refresh();
}

function disconnect() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function connect() {
  disconnect();
  source = new EventSource("events");
  source.addEventListener("open", () => {
    wait = 500;
    refresh();
    // What happened while the program noted who listens is in no event.
    setTimeout(() => source?.readyState === EventSource.OPEN && refresh(), 1000);
  });
  source.addEventListener("reload", refresh);
  source.addEventListener("error", () => {
    listener.onConnection("lost");
    // The browser tries again by itself, but not after an answer that it dislikes.
    if (source?.readyState === EventSource.CLOSED) {
      // Perhaps the program was started anew, under another address.
      refresh();
      clearTimeout(timer);
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, 5000);
    }
  });
}

/** Fetches the state. Asked while it is under way, it fetches once more afterwards. */
export async function refresh() {
  again = true;
  if (running) return;
  running = true;
  try {
    while (again) {
      again = false;
      const state = await fetchState();
      if (state) await listener.onState(state);
    }
  } finally {
    running = false;
  }
}

async function fetchState() {
  try {
    const answer = await fetch("state.json", { cache: "no-store" });
    if (answer.status === 404 || answer.status === 403) {
      // Something answers, but it isn't the program that opened this page.
      disconnect();
      listener.onConnection("gone");
      return null;
    }
    if (!answer.ok) throw new Error(answer.statusText);
    const state = await answer.json();
    if (source?.readyState !== EventSource.CLOSED) listener.onConnection("connected");
    return state;
  } catch {
    listener.onConnection("lost");
    return null;
  }
}

/** Sends a wish to the program; null when the connection is lost. */
export async function ask(path, wish) {
  try {
    const headers = { "Content-Type": "application/json" };
    return await fetch(path, { method: "POST", headers, body: JSON.stringify(wish) });
  } catch {
    return null;
  }
}

/** The same where the answer is JSON. */
export async function send(path, wish) {
  const answer = await ask(path, wish);
  return answer?.ok ? answer.json().catch(() => null) : null;
}

/**
 * Fetches the places of a version, which the program may still be looking for. Null when the connection is
 * lost or `wanted` says that nobody waits any more.
 */
export async function fetchPlaces(version, wanted) {
  let places = null;
  for (let tries = 1; tries < 20 && wanted(); tries += 1) {
    try {
      const answer = await fetch("places.json", { cache: "no-store" });
      if (answer.ok) places = await answer.json();
    } catch {
      return null;
    }
    if (places?.version >= version) break;
    await new Promise((done) => setTimeout(done, Math.min(100 * tries, 1000)));
  }
  return wanted() ? places : null;
}
