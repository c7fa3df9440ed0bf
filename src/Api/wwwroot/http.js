/** Sends a request to the API. It never throws: without a response the status is 0. */
export async function send(path, { method = 'GET', token, headers = {}, body, timeoutMs = 8000 } = {}) {
  const sentAt = Date.now();
  try {
    const response = await fetch(path, {
      method,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return {
      status: response.status,
      ok: response.ok,
      body: parse(text),
      header: (name) => response.headers.get(name),
      retryAfterMs: retryAfterOf(response),
      tookMs: Date.now() - sentAt,
    };
  } catch {
    return { status: 0, ok: false, body: null, header: () => null, retryAfterMs: null, tookMs: Date.now() - sentAt };
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** 1 s, 2 s, 4 s … with a random part, so that clients do not return at the same moment. */
export const backoff = (attempt, maxMs = 15_000) =>
  Math.min(maxMs, 1000 * 2 ** Math.min(attempt, 10)) * (0.85 + Math.random() * 0.3);

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null; // For instance the error page of a proxy.
  }
}

/** The time that a response asks to wait, from 0.25 s to a minute; null without one. */
export function retryAfterOf(response) {
  const value = response.headers.get('Retry-After');
  if (!value) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 250), 60_000) : null;
}
