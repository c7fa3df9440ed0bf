import { backoff, send } from './http.js';

/**
 * Polls a path while the page is visible and `path` returns one. An unchanged response costs a 304. After a failure the poll waits for as long as
 * Retry-After says. A slow response makes the interval longer, so that the page does not add load to a slow server.
 */
export function poll({ path, token = () => null, intervalMs, onValue, onResponse = () => {} }) {
  let etag = null;
  let value = null;
  let polled = null; // the path and token that etag and value belong to
  let failures = 0;
  let timer = 0;
  let lastRun = 0;

  async function run() {
    clearTimeout(timer);
    const thisRun = ++lastRun;
    const target = path();
    if (!target || document.hidden) return;
    const bearer = token();
    const pathAndToken = `${target} ${bearer}`;
    if (pathAndToken !== polled) [polled, etag, value] = [pathAndToken, null, null];

    const response = await send(target, { token: bearer, headers: etag ? { 'If-None-Match': etag } : {} });
    if (thisRun !== lastRun || path() !== target) return; // The stream may have brought a later state.

    const succeeded = response.ok || (response.status === 304 && value !== null);
    failures = succeeded ? 0 : failures + 1;
    const nextMs = succeeded
      ? Math.max(intervalMs(), 4 * response.tookMs) * (0.95 + Math.random() * 0.1)
      : response.retryAfterMs ?? backoff(failures - 1);
    timer = setTimeout(run, nextMs);

    if (response.ok) {
      etag = response.header('ETag');
      value = response.body;
      onValue(value);
    }
    onResponse(response, succeeded, nextMs, bearer);
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) run();
  });
  run();
  return { runNow: run };
}
