import { send } from './http.js';
import { problemText } from './texts.js';

const storageKey = 'treasure-hunt/visitor';

/**
 * The visitor's player id and token. A demonstration server issues a player token to every visitor. A real shop does not
 * (404): its player pastes a token. The token of a visitor is kept when the tab closes, a pasted one is not.
 */
export function createVisitor(onChange) {
  let identity = restore();
  let discardedAt = 0;
  let state = identity ? 'known' : 'loading'; // loading | known | token-needed | unreachable

  const setIdentity = (next, storage) => {
    identity = next;
    forget();
    storage?.setItem(storageKey, JSON.stringify(identity));
    setState('known');
  };
  const setState = (next) => {
    state = next;
    onChange();
  };

  return {
    get playerId() { return identity?.playerId ?? null; },
    get token() { return identity?.token ?? null; },
    get pasted() { return identity?.pasted ?? false; },
    get state() { return state; },

    async ensureToken() {
      if (identity) return onChange();
      const response = await send('/v1/visitors', { method: 'POST' });
      if (identity) return; // A token was pasted meanwhile.
      if (response.ok && response.body?.token) {
        setIdentity({ playerId: response.body.playerId, token: response.body.token }, localStorage);
      } else {
        setState(response.status === 404 || response.status === 405 ? 'token-needed' : 'unreachable');
      }
    },

    /** Uses a pasted token. Returns null, or why the token cannot be used. */
    async useToken(token) {
      const playerId = subject(token);
      if (!playerId) return 'This is not a token.';
      const response = await send('/v1/players/me/claims?top=1', { token });
      if (response.status === 401) return 'The server does not accept this token. It may have expired.';
      if (response.status === 403) return problemText(response);
      setIdentity({ playerId, token, pasted: true }, sessionStorage);
      return null;
    },

    /** Discards a token that is no longer valid, and requests a new one, at most every 30 s. */
    async discardToken(token) {
      if (identity?.token !== token) return;
      const isTooSoon = Date.now() - discardedAt < 30_000;
      discardedAt = Date.now();
      identity = null;
      forget();
      setState(isTooSoon ? 'unreachable' : 'loading');
      if (!isTooSoon) await this.ensureToken();
    },
  };
}

function restore() {
  for (const storage of [sessionStorage, localStorage]) {
    try {
      const stored = JSON.parse(storage.getItem(storageKey));
      if (stored?.token && stored.playerId) return stored;
    } catch {
      // Another page wrote the entry: ignore it.
    }
  }
  return null;
}

function forget() {
  sessionStorage.removeItem(storageKey);
  localStorage.removeItem(storageKey);
}

/** The token's `sub`, for display only. The server verifies the token. */
function subject(token) {
  try {
    const base64 = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes));
    return typeof sub === 'string' && sub ? sub : null;
  } catch {
    return null;
  }
}
