import { createMyClaims, showLeaderboard } from './board.js';
import { createClaims } from './claims.js';
import { createTreasures } from './treasures.js';
import { createVisitor } from './visitor.js';
import { watch } from './watch.js';
import { huntTime, longDuration, problemInWords } from './words.js';

const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search).get('hunt');

let huntId = asked;
let hunt = null;
let skewMs = 0; // how far the engine's clock is from this one
let knownAt = null; // the moment that what is on the page was true for
let trouble = null; // { words, againAt }
let leaders = null;
let shownPlayer = null;

const now = () => Date.now() + skewMs;
const huntPath = (rest = '') => huntId && `/v1/hunts/${encodeURIComponent(huntId)}${rest}`;
const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};
const announce = (text) => {
  $('announcer').textContent = '';
  setTimeout(() => { $('announcer').textContent = text; }, 50);
};

// Who, what, and what became of it

const visitor = createVisitor(showVisitor);
const claims = createClaims({ visitor, nameOf, onChange: showClaim, onDecided: rememberClaim });
const treasures = createTreasures({ claims, now });
const mine = createMyClaims({ nameOf, huntId: () => huntId, now, onAwards: (ids) => treasures.awarded(ids) });

function nameOf(treasureId) {
  return treasures.nameOf(treasureId);
}

function showClaim(treasureId, state) {
  treasures.tell(treasureId, state);
  if (state && !state.busy) announce([nameOf(treasureId), state.title, state.detail].filter(Boolean).join('. '));
}

function rememberClaim(claim) {
  mine.add(claim);
  mine.show();
  if (claim.outcome === 'won') {
    huntWatch.now();
    setTimeout(() => boardWatch.now(), 400);
  }
}

// What is watched

const huntsWatch = watch({
  path: () => '/v1/hunts',
  everyMs: () => (huntId ? 15_000 : 2000),
  onValue: ({ hunts }) => {
    if (!huntId && hunts.length) {
      huntId = (hunts.find(({ status }) => status === 'open') ?? hunts[0]).huntId;
      huntWatch.now();
      boardWatch.now();
    }
    showHunts(hunts);
    if (!huntId) {
      write($('hunt-name'), 'No hunt yet');
      write($('hunt-time'), 'The first one appears here by itself.');
    }
  },
  onAnswer: (answer, good, nextMs) => huntId || heard(answer, good, nextMs),
});

const huntWatch = watch({
  path: huntPath,
  everyMs: () => 1000,
  onValue: (value) => {
    const first = !hunt;
    hunt = value;
    showHunt();
    if (first) {
      // The visitor's claims may have come before anybody knew what the treasures are called.
      mine.render();
      claims.resume();
    }
  },
  onAnswer: heard,
});

const boardWatch = watch({
  path: () => huntPath('/leaderboard?top=10'),
  everyMs: () => 1500,
  onValue: (value) => {
    leaders = value;
    showLeaderboard(leaders, visitor.playerId);
  },
});

const mineWatch = watch({
  path: () => visitor.token && '/v1/players/me/claims?top=50',
  token: () => visitor.token,
  everyMs: () => 4000,
  onValue: (value) => mine.show(value.claims),
  onAnswer: (answer, good, nextMs, token) => answer.status === 401 && visitor.leave(token),
});

function heard(answer, good, nextMs) {
  const date = Date.parse(answer.header('Date'));
  if (Math.abs(date - Date.now()) > 2000) skewMs = date - Date.now();
  if (good) {
    knownAt = Date.now() - Number(answer.header('Hunt-Age-Ms') ?? 0);
    trouble = null;
  } else {
    trouble = { words: problemInWords(answer), againAt: Date.now() + nextMs };
    if (!hunt) write($('hunt-name'), answer.status === 404 && huntId ? 'No such hunt' : 'The hunt cannot be shown yet');
  }
  showFreshness();
}

// What is shown

function showHunt() {
  write($('hunt-name'), hunt.name);
  document.title = `${hunt.name} · Treasure hunt`;
  $('hunt-status').hidden = false;
  $('hunt-status').dataset.status = hunt.status;
  write($('hunt-status'), hunt.status);
  write($('hunt-time'), huntTime(hunt, now()));
  treasures.show(hunt);
}

function showHunts(hunts) {
  const others = hunts.filter((other) => other.huntId !== huntId);
  $('hunts').hidden = others.length === 0 || !huntId;
  $('hunts').querySelector('ul').replaceChildren(...others.map((other) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `?hunt=${encodeURIComponent(other.huntId)}`;
    link.textContent = `${other.name} (${other.status})`;
    item.append(link);
    return item;
  }));
}

/** Honest about age: "live" is only said of what was true a moment ago. */
function showFreshness() {
  const ageMs = knownAt === null ? null : Date.now() - knownAt;
  const again = trouble && `Asking again ${trouble.againAt - Date.now() > 1000 ? `in ${longDuration(trouble.againAt - Date.now())}` : 'now'}.`;
  const state = ageMs === null ? (trouble ? 'trouble' : 'waiting') : trouble || ageMs > 3500 ? 'stale' : 'live';
  const old = `Showing what we knew ${longDuration(ageMs ?? 0)} ago.`;
  write($('freshness'), {
    waiting: 'Asking…',
    live: 'Live',
    trouble: `${trouble?.words} ${again}`,
    stale: trouble ? `${old} ${trouble.words} ${again}` : old,
  }[state]);
  if ($('freshness').dataset.state === state) return;
  if (state === 'stale' || state === 'trouble') announce(trouble?.words ?? old);
  else if ($('freshness').dataset.state === 'stale') announce('Live again.');
  $('freshness').dataset.state = state;
}

function showVisitor() {
  const { playerId, state, pasted } = visitor;
  const needed = state === 'token-needed';
  $('you-are').replaceChildren({
    asking: 'Asking who you are…',
    known: 'You are ',
    'token-needed': 'To claim, give the player token that the shop gave you.',
    unreachable: 'You can look; the engine could not say who you are yet. It is asked again when you claim.',
  }[state]);
  if (state === 'known') {
    const name = document.createElement('strong');
    name.textContent = playerId;
    $('you-are').append(name, ...(pasted ? [', by your token'] : []));
  }
  $('change-token').hidden = needed;
  showTokenForm(needed);
  if (shownPlayer === playerId) return;
  shownPlayer = playerId;
  claims.clear();
  mine.clear();
  if (leaders) showLeaderboard(leaders, playerId);
  mineWatch.now();
  if (hunt) claims.resume();
}

function showTokenForm(open) {
  $('token-form').hidden = !open;
  $('change-token').setAttribute('aria-expanded', String(open));
  write($('token-trouble'), '');
}

$('change-token').addEventListener('click', () => {
  showTokenForm($('token-form').hidden);
  if (!$('token-form').hidden) $('token').focus();
});

$('token-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const wrong = await visitor.use($('token').value.trim());
  if (wrong) return write($('token-trouble'), wrong);
  $('token').value = '';
  announce(`You are ${visitor.playerId}.`);
});

setInterval(() => {
  if (document.hidden) return;
  if (hunt) write($('hunt-time'), huntTime(hunt, now()));
  showFreshness();
  treasures.tick();
}, 1000);

visitor.arrive();
