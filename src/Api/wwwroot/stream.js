import { createEventParser } from './event-parser.js';
import { backoff, retryAfterOf } from './http.js';

const firstStateTimeoutMs = 6000; // A proxy may hold back the events.
const silenceTimeoutMs = 25_000; // The server sends at least a comment every 15 s.
const stableMs = 10_000; // A stream that ends sooner counts as a failure.
const maxRetryMs = 60_000;
const hiddenTimeoutMs = 10_000; // A page in the background does not use up the open streams of the server and the browser.

/**
 * Reads the server-sent events of a hunt while the page is visible. It uses fetch, because an EventSource cannot send a token in a
 * header. A stream that ends is opened again after a random pause, where it ended. Polling is needed only while that fails.
 */
export function createStream({ path, token, onOpen, onEvent, onState, onRefused, onModeChange }) {
  let mode = 'idle'; // idle | connecting | up | refused | paused
  let connection = null; // the AbortController of the current connection
  let lastEventId = null;
  let failures = 0;
  let retryTimer = 0;
  let hiddenTimer = 0;

  function setMode(next) {
    if (mode === next) return;
    mode = next;
    onModeChange();
  }

  function close() {
    clearTimeout(retryTimer);
    connection?.abort();
    connection = null;
  }

  async function connect() {
    close();
    if (!path()) return;
    if (document.hidden) return setMode('paused');
    if (mode !== 'refused') setMode('connecting');
    const current = new AbortController();
    connection = current;
    const bearer = token();
    const end = await read(current, bearer);
    if (connection !== current) return; // Closed, or replaced by another connection.
    connection = null;
    failures = end.upMs >= stableMs ? 0 : failures + 1;
    retryTimer = setTimeout(connect, failures === 0 ? end.retryMs : Math.max(end.retryAfterMs ?? 0, backoff(failures, maxRetryMs)));
    setMode(failures === 0 ? 'connecting' : 'refused');
    if (end.status >= 400) onRefused(end.status, bearer);
  }

  /** Reads one connection to its end. It never throws. */
  async function read(current, bearer) {
    const end = { status: 0, upMs: 0, retryMs: 3000, retryAfterMs: null };
    let upAt = 0;
    let timer = setTimeout(() => current.abort(), firstStateTimeoutMs);
    const parse = createEventParser({
      onEvent(type, value, id) {
        if (connection !== current) return;
        onEvent(type, value);
        if (id === undefined) return;
        // Only the last event of those sent together has an id.
        lastEventId = id;
        upAt ||= Date.now();
        setMode('up');
        onState();
      },
      onRetry: (ms) => { end.retryMs = ms; },
    });
    try {
      const response = await fetch(path(), {
        headers: {
          Accept: 'text/event-stream, application/problem+json',
          ...(bearer && { Authorization: `Bearer ${bearer}` }),
          ...(lastEventId && { 'Last-Event-ID': lastEventId }),
        },
        cache: 'no-store',
        signal: current.signal,
      });
      end.status = response.status;
      end.retryAfterMs = retryAfterOf(response);
      if (response.ok) {
        onOpen(response);
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          parse(part.value);
          if (upAt) {
            clearTimeout(timer);
            timer = setTimeout(() => current.abort(), silenceTimeoutMs);
          }
        }
      } else {
        current.abort(); // The body is not read.
      }
    } catch {
      // The connection was lost, closed or silent.
    }
    clearTimeout(timer);
    end.upMs = upAt && Date.now() - upAt;
    return end;
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) {
      hiddenTimer = setTimeout(() => {
        close();
        setMode('paused');
      }, hiddenTimeoutMs);
    } else if (mode === 'paused') {
      connect();
    }
  });

  // A connection that the network has lost would count as open until it has been silent for too long.
  window.addEventListener('offline', () => connection?.abort());
  window.addEventListener('online', () => mode === 'refused' && connect());

  return {
    get isUp() { return mode === 'up'; },
    get needsPolling() { return mode === 'idle' || mode === 'refused'; },
    start: () => mode === 'idle' && connect(),
    restart: connect,
  };
}
