import { createClaims } from './claims.js';
import { setText } from './dom.js';
import { createFreshness } from './freshness.js';
import { showLeaderboard } from './leaderboard.js';
import { createMyClaims } from './my-claims.js';
import { poll } from './poll.js';
import { createTreasures } from './treasures.js';
import { createVisitorPanel } from './visitor-panel.js';
import { createVisitor } from './visitor.js';
import { huntTimeText } from './texts.js';

const $ = (id) => document.getElementById(id);

let huntId = new URLSearchParams(location.search).get('hunt');
let hunt = null;
let clockSkewMs = 0; // the server's clock minus the browser's
let leaderboard = null;
let shownPlayer = null;

const now = () => Date.now() + clockSkewMs;
const huntPath = (rest = '') => huntId && `/v1/hunts/${encodeURIComponent(huntId)}${rest}`;
const announce = (text) => {
  $('announcer').textContent = '';
  setTimeout(() => { $('announcer').textContent = text; }, 50);
};

// The parts of the page

const visitor = createVisitor(showVisitor);
const visitorPanel = createVisitorPanel(visitor, announce);
const claims = createClaims({ visitor, nameOf, onChange: showClaim, onDecided: addClaim });
const treasures = createTreasures({ claims, now });
const myClaims = createMyClaims({ nameOf, huntId: () => huntId, now, onAwards: (ids) => treasures.showAwards(ids) });
const freshness = createFreshness($('freshness'), announce);

function nameOf(treasureId) {
  return treasures.nameOf(treasureId);
}

function showClaim(treasureId, state) {
  treasures.showClaim(treasureId, state);
  if (state && !state.busy) announce([nameOf(treasureId), state.title, state.detail].filter(Boolean).join('. '));
}

function addClaim(claim) {
  myClaims.add(claim);
  myClaims.show();
  if (claim.outcome === 'won') {
    huntPoll.runNow();
    setTimeout(() => leaderboardPoll.runNow(), 400);
  }
}

// Polling

poll({
  path: () => '/v1/hunts',
  intervalMs: () => (huntId ? 15_000 : 2000),
  onValue: ({ hunts }) => {
    if (!huntId && hunts.length) {
      huntId = (hunts.find(({ status }) => status === 'open') ?? hunts[0]).huntId;
      huntPoll.runNow();
      leaderboardPoll.runNow();
    }
    showHunts(hunts);
    if (!huntId) {
      setText($('hunt-name'), 'No hunt yet');
      setText($('hunt-time'), 'The first hunt appears here when it is announced.');
    }
  },
  onResponse: (response, succeeded, nextMs) => huntId || showResponse(response, succeeded, nextMs),
});

const huntPoll = poll({
  path: huntPath,
  intervalMs: () => 1000,
  onValue: (value) => {
    const first = !hunt;
    hunt = value;
    showHunt();
    if (first) {
      // The visitor's claims may be shown already, without the names of the treasures.
      myClaims.render();
      claims.resume();
    }
  },
  onResponse: showResponse,
});

const leaderboardPoll = poll({
  path: () => huntPath('/leaderboard?top=10'),
  intervalMs: () => 1500,
  onValue: (value) => {
    leaderboard = value;
    showLeaderboard(leaderboard, visitor.playerId);
  },
});

const myClaimsPoll = poll({
  path: () => visitor.token && '/v1/players/me/claims?top=50',
  token: () => visitor.token,
  intervalMs: () => 4000,
  onValue: (value) => myClaims.show(value.claims),
  onResponse: (response, succeeded, nextMs, token) => response.status === 401 && visitor.discardToken(token),
});

function showResponse(response, succeeded, nextMs) {
  const date = Date.parse(response.header('Date'));
  if (Math.abs(date - Date.now()) > 2000) clockSkewMs = date - Date.now();
  if (!succeeded && !hunt) {
    setText($('hunt-name'), response.status === 404 && huntId ? 'No such hunt' : 'The hunt cannot be shown yet');
  }
  freshness.update(response, succeeded, nextMs);
}

// Rendering

function showHunt() {
  setText($('hunt-name'), hunt.name);
  document.title = `${hunt.name} · Treasure hunt`;
  $('hunt-status').hidden = false;
  $('hunt-status').dataset.status = hunt.status;
  setText($('hunt-status'), hunt.status);
  setText($('hunt-time'), huntTimeText(hunt, now()));
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

function showVisitor() {
  visitorPanel.show();
  const { playerId } = visitor;
  if (shownPlayer === playerId) return;
  shownPlayer = playerId;
  claims.clear();
  myClaims.clear();
  if (leaderboard) showLeaderboard(leaderboard, playerId);
  myClaimsPoll.runNow();
  if (hunt) claims.resume();
}

setInterval(() => {
  if (document.hidden) return;
  if (hunt) setText($('hunt-time'), huntTimeText(hunt, now()));
  freshness.show();
  treasures.tick();
}, 1000);

visitor.ensureToken();
