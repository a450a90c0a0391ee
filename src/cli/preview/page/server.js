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
  connect();
  // A laptop that slept, or a tab in the background, may have missed an event.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") refresh();
  });
  refresh();
}

function connect() {
  clearTimeout(timer);
  source?.close();
  source = new EventSource("/__events");
  source.addEventListener("open", () => {
    wait = 500;
    refresh();
  });
  source.addEventListener("reload", refresh);
  source.addEventListener("error", () => {
    listener.onConnection("lost");
    // The browser tries again by itself, but not after an answer that it dislikes.
    if (source.readyState === EventSource.CLOSED) {
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
  while (again) {
    again = false;
    try {
      const answer = await fetch("state.json", { cache: "no-store" });
      if (answer.status === 404 || answer.status === 403) {
        // Something answers, but it isn't the program that opened this page.
        source.close();
        listener.onConnection("gone");
        break;
      }
      if (!answer.ok) throw new Error(`state.json: ${answer.status}`);
      const state = await answer.json();
      if (source.readyState !== EventSource.CLOSED) listener.onConnection("connected");
      await listener.onState(state);
    } catch (error) {
      if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) console.warn(error);
      listener.onConnection("lost");
      break;
    }
  }
  running = false;
}

/** Fetches the places of the version, or null when there is a newer one already or the connection is lost. */
export async function fetchPlaces(version) {
  for (let tries = 0; tries < 8; tries += 1) {
    try {
      const answer = await fetch("places.json", { cache: "no-store" });
      if (answer.ok) {
        const places = await answer.json();
        if (places.version === version) return places;
        if (places.version > version) return null;
      }
    } catch {
      return null;
    }
    await new Promise((done) => setTimeout(done, 150 * (tries + 1)));
  }
  return null;
}
