import { ask, backoff } from './http.js';

/**
 * Asks again and again, only while somebody looks. An unchanged answer costs a 304; trouble waits as long as
 * the engine asks for; and a slow answer slows the asking, so that a page never piles onto an engine in need.
 */
export function watch({ path, token = () => null, everyMs, onValue, onAnswer = () => {} }) {
  let etag = null;
  let value = null;
  let asked = null; // the path and token that etag and value belong to
  let failures = 0;
  let timer = 0;
  let round = 0;

  async function run() {
    clearTimeout(timer);
    const mine = ++round;
    const target = path();
    if (!target || document.hidden) return;
    const bearer = token();
    const what = `${target} ${bearer}`;
    if (what !== asked) [asked, etag, value] = [what, null, null];

    const answer = await ask(target, { token: bearer, headers: etag ? { 'If-None-Match': etag } : {} });
    if (mine !== round) return;

    const good = answer.ok || (answer.status === 304 && value !== null);
    failures = good ? 0 : failures + 1;
    const nextMs = good
      ? Math.max(everyMs(), 4 * answer.tookMs) * (0.95 + Math.random() * 0.1)
      : answer.retryAfterMs ?? backoff(failures - 1);
    timer = setTimeout(run, nextMs);

    if (answer.ok) {
      etag = answer.header('ETag');
      value = answer.body;
      onValue(value);
    }
    onAnswer(answer, good, nextMs, bearer);
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) run();
  });
  run();
  return { now: run };
}
