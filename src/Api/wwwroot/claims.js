import { backoff, pause, send } from './http.js';
import { outcomeText, problemName, problemText } from './texts.js';

const sendTimeoutMs = 45_000;
const prefix = 'treasure-hunt/claim/';
const storageKeyOf = (playerId, treasureId) => `${prefix}${playerId}/${treasureId}`;

/**
 * The claims that the visitor sends. A click creates the idempotency key of a claim. The page keeps the key until it has the
 * outcome. A lost response, a reload or another click then sends the same claim again.
 */
export function createClaims({ visitor, nameOf, onChange, onDecided }) {
  const states = new Map(); // by treasure: { busy, tone, title, detail, verb, proofAsked }

  function set(treasureId, state) {
    states.set(treasureId, state);
    onChange(treasureId, state);
  }

  async function claim(treasureId, proof) {
    if (states.get(treasureId)?.busy) return;
    if (!visitor.token) await visitor.ensureToken();
    if (!visitor.token) {
      return set(treasureId, visitor.state === 'token-needed'
        ? { tone: 'lost', title: 'To claim, enter your player token at the top of the page.', detail: '' }
        : { tone: 'lost', title: 'The server does not answer. No claim was sent. Try again.', detail: '' });
    }

    const storageKey = storageKeyOf(visitor.playerId, treasureId);
    const stored = readStored(storageKey) ?? { key: newKey(), ...(proof && { proof }) };
    sessionStorage.setItem(storageKey, JSON.stringify(stored));
    set(treasureId, { busy: true, tone: 'waiting', title: 'Claiming…', detail: '' });
    const state = await sendUntilAnswered(treasureId, stored);
    if (!state.verb) sessionStorage.removeItem(storageKey);
    set(treasureId, state);
  }

  /** Sends the claim until there is a final response or the timeout passes. A state with `verb` has no final response yet. */
  async function sendUntilAnswered(treasureId, { key, proof }) {
    const deadline = Date.now() + sendTimeoutMs;
    const token = visitor.token;
    let response;
    for (let attempt = 0; ; attempt++) {
      response = await send(`/v1/treasures/${encodeURIComponent(treasureId)}/claims`, {
        method: 'POST', token, timeoutMs: 12_000,
        headers: { 'Idempotency-Key': key, Prefer: 'wait=5' },
        body: proof ? { proof } : {},
      });
      if (response.status === 202) response = await outcomeOf(response, token, deadline, treasureId) ?? response;
      if (response.ok || !isTemporary(response)) break;
      const waitMs = response.retryAfterMs ?? backoff(attempt, 8000);
      if (Date.now() + waitMs > deadline) break;
      set(treasureId, { busy: true, tone: 'waiting', title: problemText(response), detail: 'Sending it again with the same key: it counts once.' });
      await pause(waitMs);
    }

    if (response.ok && response.body?.outcome && response.body.outcome !== 'pending') {
      onDecided(response.body);
      return {
        ...outcomeText(response.body, nameOf(treasureId)),
        proofAsked: ['proof-missing', 'proof-wrong'].includes(response.body.reason),
      };
    }
    if (response.ok) return { tone: 'waiting', title: 'Your claim is accepted, but it is not decided yet.', detail: '', verb: 'Try again' };
    if (isTemporary(response)) {
      return { tone: 'lost', title: `${problemText(response)} The outcome of your claim is not known yet.`, detail: 'Trying again does not count twice.', verb: 'Try again' };
    }
    if (response.status === 401) await visitor.discardToken(token);
    return {
      tone: 'lost',
      title: problemText(response) + (response.status === 401 && visitor.token ? ` You are ${visitor.playerId} now: claim again.` : ''),
      detail: response.status === 500 && response.body?.traceId ? `Trace ${response.body.traceId}` : '',
      proofAsked: problemName(response) === 'proof-missing',
    };
  }

  /** Polls an accepted claim until it is decided. */
  async function outcomeOf(accepted, token, deadline, treasureId) {
    const { claimId } = accepted.body ?? {};
    if (!claimId) return null;
    set(treasureId, { busy: true, ...outcomeText(accepted.body, nameOf(treasureId)) });
    let waitMs = accepted.body.pollAfterMs ?? accepted.retryAfterMs ?? 500;
    for (let attempt = 0; Date.now() + waitMs < deadline; attempt++) {
      await pause(waitMs);
      const response = await send(`/v1/claims/${encodeURIComponent(claimId)}`, { token, timeoutMs: 12_000, headers: { Prefer: 'wait=5' } });
      if (response.ok && response.body?.outcome !== 'pending') return response;
      waitMs = response.ok ? response.body?.pollAfterMs ?? 500 : response.retryAfterMs ?? backoff(attempt, 8000);
    }
    return null;
  }

  return {
    claim,
    stateOf: (treasureId) => states.get(treasureId),
    isUnanswered: (treasureId) => readStored(storageKeyOf(visitor.playerId, treasureId)) !== null,
    /** Forgets the claims: the page has another player now. */
    clear() {
      const ids = [...states.keys()];
      states.clear();
      ids.forEach((treasureId) => onChange(treasureId, undefined));
    },
    /** After a reload: sends claims without a final response again, with their keys. */
    resume() {
      if (!visitor.playerId) return;
      const start = storageKeyOf(visitor.playerId, '');
      Object.keys(sessionStorage).filter((key) => key.startsWith(start)).forEach((key) => claim(key.slice(start.length)));
    },
  };
}

const isTemporary = ({ status }) => status === 0 || status === 429 || status >= 500;

function readStored(storageKey) {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey));
    return stored?.key ? stored : null;
  } catch {
    return null;
  }
}

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
