// What the engine says, in plain words. Everything here is a pure function.

export const reasons = {
  'hunt-paused': 'The hunt is paused. Claim again when it goes on.',
  'hunt-closed': 'The hunt is closed.',
  'treasure-not-found': 'There is no such treasure.',
  'treasure-exhausted': 'Too late: the stock is exhausted. The last unit had already been awarded.',
  'treasure-withdrawn': 'This treasure was withdrawn.',
  'already-claimed': 'You already hold an award of this treasure.',
  'player-limit-reached': 'You already hold as many awards as this hunt allows one player.',
  'proof-missing': 'This treasure asks for a proof: the code found at the hiding place.',
  'proof-wrong': 'The proof is wrong. Look at the clues again, then claim with another code.',
  'too-many-attempts': 'Too many wrong proofs. This treasure takes no more claims from you.',
  'hold-expired': 'The unit was set aside for you, but was not confirmed in time.',
};

const problems = {
  'unauthenticated': 'Your token does not work any more.',
  'forbidden': 'This token is not a player’s token, so it cannot claim.',
  'hunt-not-found': 'There is no hunt with this id.',
  'claim-not-found': 'The engine does not know this claim.',
  'malformed-id': 'That id is not of the right form.',
  'invalid-request': 'The engine did not accept the claim as it was written.',
  'invalid-json': 'The engine did not understand the claim.',
  'body-too-large': 'The proof is too long.',
  'idempotency-key-missing': 'The claim went out without its key.',
  'idempotency-key-invalid': 'The claim went out with a key that the engine does not take.',
  'idempotency-key-reused': 'The claim went out with a key that was used for another code.',
  'intake-full': 'Very many claims are arriving at this moment.',
  'outcome-unknown': 'The engine could not say whether it took the claim.',
  'read-model-unavailable': 'The engine cannot look this up right now.',
  'internal-error': 'The engine made a mistake.',
};

const statuses = {
  0: 'The engine does not answer.',
  429: 'The engine is very busy.',
  502: 'The engine does not answer.',
  503: 'The engine is not ready to answer.',
  504: 'The engine does not answer.',
};

const prefix = 'urn:treasure-hunt:problem:';

/** The stable name of a problem, or '' when the answer is not one. */
export const problemName = (answer) => {
  const type = answer.body?.type;
  return typeof type === 'string' && type.startsWith(prefix) ? type.slice(prefix.length) : '';
};

export function problemInWords(answer) {
  const name = problemName(answer);
  const errors = Object.values(answer.body?.errors ?? {}).flat().filter((error) => typeof error === 'string');
  const words = problems[name] ?? reasons[name] ?? statuses[answer.status] ?? answer.body?.title ?? `The engine answered ${answer.status}.`;
  return [words, ...errors].join(' ');
}

/** A claim's outcome as a tone, a sentence, and the facts behind it. */
export function outcomeInWords(claim, treasureName) {
  const facts = [];
  if (claim.position != null) facts.push(`position ${claim.position}`);
  if (claim.winningPosition != null) facts.push(`winning position ${claim.winningPosition}`);
  if (claim.lateByMs != null) facts.push(`${duration(claim.lateByMs)} late`);
  const detail = facts.join(' · ');

  if (claim.revokedAt) return { tone: 'lost', title: 'This award was revoked and the unit went back.', detail };
  if (claim.outcome === 'won') return { tone: 'won', title: `You won a unit of ${treasureName}.`, detail };
  if (claim.outcome === 'held') return { tone: 'won', title: `A unit of ${treasureName} is set aside for you.`, detail };
  if (claim.outcome === 'rejected') return { tone: 'lost', title: reasons[claim.reason] ?? `Rejected: ${claim.reason}.`, detail };
  return { tone: 'waiting', title: 'Your claim is accepted and safe. Its outcome is on the way.', detail };
}

/** 41 ms · 1.3 s · 12 s · 3 min 20 s · 2 h 5 min · 3 days 4 h */
export function duration(ms) {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  return longDuration(ms);
}

/** The same without fractions, for what counts down on the page. */
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

export function moment(iso, now) {
  const at = new Date(iso);
  return (at.toDateString() === new Date(now).toDateString() ? sameDay : otherDay).format(at);
}

/** What is left of a treasure: the word or number that matters, and the rest of the sentence. */
export function stockInWords({ status, stock, remaining }) {
  const units = count(stock, 'unit', 'units');
  switch (status) {
    case 'exhausted': return ['Sold out', stock === 1 ? 'its only unit is awarded' : `all ${units} awarded`];
    case 'withdrawn': return ['Withdrawn', 'nothing left to claim'];
    case 'hidden': return [units, 'once the hunt opens'];
    default: return [remaining.toLocaleString(), `of ${stock.toLocaleString()} left`];
  }
}

/** What the clock means for a hunt. */
export function huntTime(hunt, now) {
  const opens = Date.parse(hunt.opensAt);
  const closes = Date.parse(hunt.closesAt);
  switch (hunt.status) {
    case 'draft': return 'Not scheduled yet';
    case 'scheduled': return opens > now ? `Opens in ${longDuration(opens - now)}` : 'Opens any moment';
    case 'open': return closes > now ? `${longDuration(closes - now)} left` : 'Closing';
    case 'paused': return closes > now ? `On hold, ${longDuration(closes - now)} left` : 'On hold';
    case 'closed': return closes < now ? `Closed ${moment(hunt.closesAt, now)}` : 'Closed';
    case 'cancelled': return 'This hunt will not take place';
    default: return '';
  }
}

export const count = (n, one, many) => `${n.toLocaleString()} ${n === 1 ? one : many}`;
