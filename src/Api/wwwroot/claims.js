import { ask, backoff, pause } from './http.js';
import { outcomeInWords, problemInWords, problemName } from './words.js';

const patienceMs = 45_000;
const prefix = 'treasure-hunt/claim/';
const placeOf = (playerId, treasureId) => `${prefix}${playerId}/${treasureId}`;

/**
 * Claims on their way. The key of a claim is made at the click and kept until the claim is answered, so whatever
 * happens in between (a lost answer, a reload, another click), the engine sees one and the same claim.
 */
export function createClaims({ visitor, nameOf, onChange, onDecided }) {
  const states = new Map(); // by treasure: { busy, tone, title, detail, verb, proofAsked }

  function set(treasureId, state) {
    states.set(treasureId, state);
    onChange(treasureId, state);
  }

  async function claim(treasureId, proof) {
    if (states.get(treasureId)?.busy) return;
    if (!visitor.token) await visitor.arrive();
    if (!visitor.token) {
      return set(treasureId, visitor.state === 'token-needed'
        ? { tone: 'lost', title: 'To claim, give your player token at the top of the page.', detail: '' }
        : { tone: 'lost', title: 'The engine does not answer, so nothing was claimed. Try again.', detail: '' });
    }

    const place = placeOf(visitor.playerId, treasureId);
    const kept = read(place) ?? { key: freshKey(), ...(proof && { proof }) };
    sessionStorage.setItem(place, JSON.stringify(kept));
    set(treasureId, { busy: true, tone: 'waiting', title: 'Claiming…', detail: '' });
    const state = await send(treasureId, kept);
    if (!state.verb) sessionStorage.removeItem(place);
    set(treasureId, state);
  }

  /** Sends until there is an answer or patience ends. A state with a `verb` is one without an answer yet. */
  async function send(treasureId, { key, proof }) {
    const until = Date.now() + patienceMs;
    const token = visitor.token;
    let answer;
    for (let attempt = 0; ; attempt++) {
      answer = await ask(`/v1/treasures/${encodeURIComponent(treasureId)}/claims`, {
        method: 'POST', token, timeoutMs: 12_000,
        headers: { 'Idempotency-Key': key, Prefer: 'wait=5' },
        body: proof ? { proof } : {},
      });
      if (answer.status === 202) answer = await outcomeOf(answer, token, until, treasureId) ?? answer;
      if (answer.ok || !worthAsking(answer)) break;
      const waitMs = answer.retryAfterMs ?? backoff(attempt, 8000);
      if (Date.now() + waitMs > until) break;
      set(treasureId, { busy: true, tone: 'waiting', title: problemInWords(answer), detail: 'Asking again with the same key: it cannot count twice.' });
      await pause(waitMs);
    }

    if (answer.ok && answer.body?.outcome && answer.body.outcome !== 'pending') {
      onDecided(answer.body);
      return {
        ...outcomeInWords(answer.body, nameOf(treasureId)),
        proofAsked: ['proof-missing', 'proof-wrong'].includes(answer.body.reason),
      };
    }
    if (answer.ok) return { tone: 'waiting', title: 'Your claim is accepted and safe, but its outcome takes long.', detail: '', verb: 'Ask again' };
    if (worthAsking(answer)) {
      return { tone: 'lost', title: `${problemInWords(answer)} We do not know yet what became of your claim.`, detail: 'Asking again cannot count twice.', verb: 'Ask again' };
    }
    if (answer.status === 401) await visitor.leave(token);
    return {
      tone: 'lost',
      title: problemInWords(answer) + (answer.status === 401 && visitor.token ? ` You are ${visitor.playerId} now: claim again.` : ''),
      detail: answer.status === 500 && answer.body?.traceId ? `Trace ${answer.body.traceId}` : '',
      proofAsked: problemName(answer) === 'proof-missing',
    };
  }

  /** Follows an accepted claim to its outcome. */
  async function outcomeOf(accepted, token, until, treasureId) {
    const { claimId } = accepted.body ?? {};
    if (!claimId) return null;
    set(treasureId, { busy: true, ...outcomeInWords(accepted.body, nameOf(treasureId)) });
    let waitMs = accepted.body.pollAfterMs ?? accepted.retryAfterMs ?? 500;
    for (let attempt = 0; Date.now() + waitMs < until; attempt++) {
      await pause(waitMs);
      const answer = await ask(`/v1/claims/${encodeURIComponent(claimId)}`, { token, timeoutMs: 12_000, headers: { Prefer: 'wait=5' } });
      if (answer.ok && answer.body?.outcome !== 'pending') return answer;
      waitMs = answer.ok ? answer.body?.pollAfterMs ?? 500 : answer.retryAfterMs ?? backoff(attempt, 8000);
    }
    return null;
  }

  return {
    claim,
    stateOf: (treasureId) => states.get(treasureId),
    unanswered: (treasureId) => read(placeOf(visitor.playerId, treasureId)) !== null,
    /** Somebody else is looking now. */
    clear() {
      const ids = [...states.keys()];
      states.clear();
      ids.forEach((treasureId) => onChange(treasureId, undefined));
    },
    /** After a reload: claims that were sent and never answered go out again under their keys. */
    resume() {
      if (!visitor.playerId) return;
      const start = placeOf(visitor.playerId, '');
      Object.keys(sessionStorage).filter((place) => place.startsWith(start)).forEach((place) => claim(place.slice(start.length)));
    },
  };
}

const worthAsking = ({ status }) => status === 0 || status === 429 || status >= 500;

function read(place) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place));
    return kept?.key ? kept : null;
  } catch {
    return null;
  }
}

const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
