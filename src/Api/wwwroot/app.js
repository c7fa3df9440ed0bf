import { createClaims } from './claims.js';
import { setText } from './dom.js';
import { createFreshness } from './freshness.js';
import { createHuntModel } from './hunt-model.js';
import { showLeaderboard } from './leaderboard.js';
import { createMyClaims } from './my-claims.js';
import { poll } from './poll.js';
import { createStream } from './stream.js';
import { createTreasures } from './treasures.js';
import { createVisitorPanel } from './visitor-panel.js';
import { createVisitor } from './visitor.js';
import { huntTimeText } from './texts.js';

const $ = (id) => document.getElementById(id);

let huntId = new URLSearchParams(location.search).get('hunt');
let hunt = null; // as it is shown
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
const treasures = createTreasures({ claims, now, isStreaming: () => stream.isUp });
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

// The state, from the stream or from polls

const model = createHuntModel();
const take = {
  hunt: (value) => model.setHunt(value),
  treasure(value) {
    model.setTreasure(value);
    treasures.takeDetails(value);
  },
  leaderboard(value) {
    leaderboard = value;
    showLeaderboard(leaderboard, visitor.playerId);
  },
  claims: (value) => myClaims.show(value.claims),
  freshness({ isCurrent, asOf }) {
    staleAt = isCurrent ? null : Date.parse(asOf) - clockSkewMs;
    showStreamFreshness();
  },
};
let staleAt = null; // while the server cannot read the hunt: when the streamed state was current
let showTimer = 0;

const showStreamFreshness = () => freshness.stream(stream.isUp && staleAt === null, staleAt);
const showHuntSoon = () => {
  showTimer ||= setTimeout(() => {
    showTimer = 0;
    showHunt();
  }, hunt ? 200 : 0);
};

const stream = createStream({
  path: () => huntPath('/stream'),
  token: () => visitor.token,
  onOpen(response) {
    staleAt = null;
    setClockSkew(response.headers.get('Date'));
  },
  onEvent: (type, value) => take[type]?.(value),
  onState: showHuntSoon,
  onRefused: (status, token) => status === 401 && visitor.discardToken(token),
  onModeChange() {
    showStreamFreshness();
    if (stream.needsPolling) polls.forEach(({ runNow }) => runNow());
  },
});

// Polling: the hunt, its leaderboard and the visitor's claims only while there is no stream

const whenPolling = (path) => stream.needsPolling && path;

poll({
  path: () => '/v1/hunts',
  intervalMs: () => (!stream.needsPolling ? 300_000 : huntId ? 15_000 : 2000),
  onValue: ({ hunts }) => {
    if (!huntId && hunts.length) {
      huntId = (hunts.find(({ status }) => status === 'open') ?? hunts[0]).huntId;
      showVisitor();
      polls.forEach(({ runNow }) => runNow());
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
  path: () => whenPolling(huntPath()),
  intervalMs: () => 1000,
  onValue(value) {
    take.hunt(value);
    showHunt();
  },
  onResponse: showResponse,
});

const leaderboardPoll = poll({
  path: () => whenPolling(huntPath('/leaderboard?top=10')),
  intervalMs: () => 1500,
  onValue: take.leaderboard,
});

const myClaimsPoll = poll({
  path: () => whenPolling(visitor.token && '/v1/players/me/claims?top=50'),
  token: () => visitor.token,
  intervalMs: () => 4000,
  onValue: take.claims,
  onResponse: (response, succeeded, nextMs, token) => response.status === 401 && visitor.discardToken(token),
});

const polls = [huntPoll, leaderboardPoll, myClaimsPoll];

function showResponse(response, succeeded, nextMs) {
  setClockSkew(response.header('Date'));
  if (!succeeded && !hunt) {
    setText($('hunt-name'), response.status === 404 && huntId ? 'No such hunt' : 'The hunt cannot be shown yet');
  }
  freshness.update(response, succeeded, nextMs);
}

function setClockSkew(date) {
  const skewMs = Date.parse(date) - Date.now();
  if (Math.abs(skewMs) > 2000) clockSkewMs = skewMs;
}

// Rendering

function showHunt() {
  const isFirst = !hunt;
  hunt = model.hunt;
  setText($('hunt-name'), hunt.name);
  document.title = `${hunt.name} · Treasure hunt`;
  $('hunt-status').hidden = false;
  $('hunt-status').dataset.status = hunt.status;
  setText($('hunt-status'), hunt.status);
  setText($('hunt-time'), huntTimeText(hunt, now()));
  treasures.show(hunt);
  if (isFirst) {
    // The visitor's claims may be shown already, without the names of the treasures.
    myClaims.render();
    claims.resume();
  }
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
  const isSamePlayer = shownPlayer === playerId;
  // A stream has the claims of one player.
  if (visitor.state !== 'loading') (isSamePlayer ? stream.start : stream.restart)();
  if (isSamePlayer) return;
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
