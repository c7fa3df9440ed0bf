import { ask } from './http.js';
import { problemInWords } from './words.js';

const place = 'treasure-hunt/visitor';

/**
 * Who is looking. A demonstration engine hands every visitor a player token of its own; a real shop does not
 * (404), and then the player brings the token. A visitor's token outlives the tab, a pasted one does not.
 */
export function createVisitor(onChange) {
  let me = restore();
  let leftAt = 0;
  let state = me ? 'known' : 'asking'; // asking | known | token-needed | unreachable

  const become = (next, storage) => {
    me = next;
    forget();
    storage?.setItem(place, JSON.stringify(me));
    settle('known');
  };
  const settle = (next) => {
    state = next;
    onChange();
  };

  return {
    get playerId() { return me?.playerId ?? null; },
    get token() { return me?.token ?? null; },
    get pasted() { return me?.pasted ?? false; },
    get state() { return state; },

    async arrive() {
      if (me) return onChange();
      const answer = await ask('/v1/visitors', { method: 'POST' });
      if (me) return; // A token was pasted meanwhile.
      if (answer.ok && answer.body?.token) {
        become({ playerId: answer.body.playerId, token: answer.body.token }, localStorage);
      } else {
        settle(answer.status === 404 || answer.status === 405 ? 'token-needed' : 'unreachable');
      }
    },

    /** Takes a pasted token, or says what is wrong with it. */
    async use(token) {
      const playerId = subject(token);
      if (!playerId) return 'This does not look like a token.';
      const answer = await ask('/v1/players/me/claims?top=1', { token });
      if (answer.status === 401) return 'The engine does not accept this token. It may have expired.';
      if (answer.status === 403) return problemInWords(answer);
      become({ playerId, token, pasted: true }, sessionStorage);
      return null;
    },

    /** This token stopped working. A new one that does not work either is not asked for again and again. */
    async leave(token) {
      if (me?.token !== token) return;
      const soon = Date.now() - leftAt < 30_000;
      leftAt = Date.now();
      me = null;
      forget();
      settle(soon ? 'unreachable' : 'asking');
      if (!soon) await this.arrive();
    },
  };
}

function restore() {
  for (const storage of [sessionStorage, localStorage]) {
    try {
      const kept = JSON.parse(storage.getItem(place));
      if (kept?.token && kept.playerId) return kept;
    } catch {
      // Written by somebody else: as good as nothing.
    }
  }
  return null;
}

function forget() {
  sessionStorage.removeItem(place);
  localStorage.removeItem(place);
}

/** The token's `sub`, for display only: whether the token is true, the engine says. */
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
