// The texts of the page. Each function is pure.

export const reasons = {
  'hunt-paused': 'The hunt is paused. Claim again when it is resumed.',
  'hunt-closed': 'The hunt is closed.',
  'treasure-not-found': 'There is no such treasure.',
  'treasure-exhausted': 'Too late: the stock is exhausted. The last unit had already been awarded.',
  'treasure-withdrawn': 'This treasure was withdrawn.',
  'already-claimed': 'You already hold an award of this treasure.',
  'player-limit-reached': 'You already hold as many awards as this hunt allows one player.',
  'proof-missing': 'This treasure requires a proof: the code found at the hiding place.',
  'proof-wrong': 'The proof is wrong. Read the clues again, then claim with another code.',
  'too-many-attempts': 'Too many wrong proofs. You can no longer claim this treasure.',
  'hold-expired': 'The unit was held for you, but was not confirmed in time.',
};

const problems = {
  'unauthenticated': 'Your token is no longer valid.',
  'forbidden': 'This token is not a player’s token, so it cannot claim.',
  'hunt-not-found': 'There is no hunt with this id.',
  'claim-not-found': 'There is no claim with this id.',
  'malformed-id': 'The id is malformed.',
  'invalid-request': 'The claim has an invalid field.',
  'invalid-json': 'The claim is not valid JSON.',
  'body-too-large': 'The proof is too long.',
  'idempotency-key-missing': 'The claim was sent without an idempotency key.',
  'idempotency-key-invalid': 'The claim was sent with an invalid idempotency key.',
  'idempotency-key-reused': 'The claim was sent with an idempotency key of another proof.',
  'intake-full': 'Too many claims are waiting at the moment.',
  'outcome-unknown': 'The server does not know whether the claim was accepted.',
  'read-model-unavailable': 'The server cannot read this at the moment.',
  'internal-error': 'The server has an internal error.',
};

const statuses = {
  0: 'The server does not answer.',
  429: 'The server is overloaded.',
  502: 'The server does not answer.',
  503: 'The server is not ready.',
  504: 'The server does not answer.',
};

const prefix = 'urn:treasure-hunt:problem:';

/** The stable name of a problem, or '' when the response is not a problem. */
export const problemName = (response) => {
  const type = response.body?.type;
  return typeof type === 'string' && type.startsWith(prefix) ? type.slice(prefix.length) : '';
};

export function problemText(response) {
  const name = problemName(response);
  const errors = Object.values(response.body?.errors ?? {}).flat().filter((error) => typeof error === 'string');
  const text = problems[name] ?? reasons[name] ?? statuses[response.status] ?? response.body?.title ?? `The server answered with status ${response.status}.`;
  return [text, ...errors].join(' ');
}

/** A claim's outcome as a tone, a sentence and the details. */
export function outcomeText(claim, treasureName) {
  const details = [];
  if (claim.position != null) details.push(`position ${claim.position}`);
  if (claim.winningPosition != null) details.push(`winning position ${claim.winningPosition}`);
  if (claim.lateByMs != null) details.push(`${duration(claim.lateByMs)} late`);
  const detail = details.join(' · ');

  if (claim.revokedAt) return { tone: 'lost', title: 'This award was revoked. Its unit can be won again.', detail };
  if (claim.outcome === 'won') return { tone: 'won', title: `You won a unit of ${treasureName}.`, detail };
  if (claim.outcome === 'held') return { tone: 'won', title: `A unit of ${treasureName} is held for you.`, detail };
  if (claim.outcome === 'rejected') return { tone: 'lost', title: reasons[claim.reason] ?? `Rejected: ${claim.reason}.`, detail };
  return { tone: 'waiting', title: 'Your claim is accepted. It is not decided yet.', detail };
}

/** 41 ms · 1.3 s · 12 s · 3 min 20 s · 2 h 5 min · 3 days 4 h */
export function duration(ms) {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  return longDuration(ms);
}

/** The same without fractions, for countdowns. */
export function longDuration(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  const [days, hours, minutes, seconds] = [Math.floor(s / 86400), Math.floor(s / 3600) % 24, Math.floor(s / 60) % 60, s % 60];
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'}${hours ? ` ${hours} h` : ''}`;
  if (hours > 0) return `${hours} h${minutes ? ` ${minutes} min` : ''}`;
  if (minutes > 0) return `${minutes} min${seconds ? ` ${seconds} s` : ''}`;
  return `${seconds} s`;
}

const sameDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const otherDay = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export function timeText(iso, now) {
  const at = new Date(iso);
  return (at.toDateString() === new Date(now).toDateString() ? sameDay : otherDay).format(at);
}

/** The remaining stock of a treasure: the emphasized part of the sentence, and the rest of it. */
export function stockText({ status, stock, remaining }) {
  const units = count(stock, 'unit', 'units');
  switch (status) {
    case 'exhausted': return ['Sold out', stock === 1 ? 'its only unit is awarded' : `all ${units} awarded`];
    case 'withdrawn': return ['Withdrawn', 'nothing left to claim'];
    case 'hidden': return [units, 'once the hunt opens'];
    default: return [remaining.toLocaleString(), `of ${stock.toLocaleString()} left`];
  }
}

/** When a hunt opens or closes, as text. */
export function huntTimeText(hunt, now) {
  const opens = Date.parse(hunt.opensAt);
  const closes = Date.parse(hunt.closesAt);
  switch (hunt.status) {
    case 'draft': return 'Not scheduled yet';
    case 'scheduled': return opens > now ? `Opens in ${longDuration(opens - now)}` : 'Opens in a moment';
    case 'open': return closes > now ? `${longDuration(closes - now)} left` : 'Closing';
    case 'paused': return closes > now ? `Paused, ${longDuration(closes - now)} left` : 'Paused';
    case 'closed': return closes < now ? `Closed ${timeText(hunt.closesAt, now)}` : 'Closed';
    case 'cancelled': return 'This hunt is cancelled';
    default: return '';
  }
}

export const count = (n, one, many) => `${n.toLocaleString()} ${n === 1 ? one : many}`;
