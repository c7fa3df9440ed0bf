import { moment, outcomeInWords } from './words.js';

const firstClaims = 6;
const $ = (selector) => document.querySelector(selector);

/** The leaderboard: ten rows at most, so it is simply written anew. */
export function showLeaderboard({ entries }, playerId) {
  const body = $('#leaderboard tbody');
  body.replaceChildren(...entries.map((entry) => {
    const row = document.createElement('tr');
    row.toggleAttribute('data-you', entry.playerId === playerId);
    const rank = cell('td', entry.rank.toLocaleString());
    const player = cell('th', entry.playerId);
    player.scope = 'row';
    if (entry.playerId === playerId) player.append(' ', cell('em', '(you)'));
    row.append(rank, player, cell('td', entry.awards.toLocaleString()));
    return row;
  }));
  $('#leaderboard table').hidden = entries.length === 0;
  $('#leaderboard .nothing').hidden = entries.length > 0;
  $('#leaderboard .nothing').textContent = 'No award yet. The first may be yours.';
}

/** This visitor's claims: what the engine lists, and at once what it has just answered. */
export function createMyClaims({ nameOf, huntId, now, onAwards }) {
  const claims = new Map(); // claim id → claim
  let all = false;

  $('#my-claims button').addEventListener('click', () => {
    all = true;
    render();
  });

  function render() {
    const sorted = [...claims.values()].sort((a, b) => acceptedAt(b) - acceptedAt(a));
    $('#my-claims ol').replaceChildren(...sorted.slice(0, all ? sorted.length : firstClaims).map(item));
    $('#my-claims ol').hidden = sorted.length === 0;
    $('#my-claims .nothing').hidden = sorted.length > 0;
    $('#my-claims button').hidden = all || sorted.length <= firstClaims;
    $('#my-claims button').textContent = `Show all ${sorted.length}`;
    onAwards(sorted.filter((claim) => claim.outcome === 'won' && !claim.revokedAt).map((claim) => claim.treasureId));
  }

  function item(claim) {
    const { tone, title, detail } = outcomeInWords(claim, nameOf(claim.treasureId));
    const li = document.createElement('li');
    const head = document.createElement('p');
    const outcome = cell('span', claim.revokedAt ? 'revoked' : claim.outcome);
    outcome.className = 'tag';
    outcome.dataset.status = tone;
    head.append(cell('strong', nameOf(claim.treasureId)), ' ', outcome);
    const facts = cell('p', [
      claim.acceptedAt ? moment(claim.acceptedAt, now()) : '',
      detail,
      claim.huntId === huntId() ? '' : claim.huntId,
    ].filter(Boolean).join(' · '));
    facts.className = 'soft';
    li.append(head, ...(tone === 'won' ? [] : [cell('p', title)]), facts);
    return li;
  }

  return {
    render,
    add(claim) {
      // A projection may tell of a claim later than its answer: what is decided stays decided.
      const known = claims.get(claim.claimId);
      if (!known || known.outcome === 'pending' || claim.outcome !== 'pending') claims.set(claim.claimId, claim);
    },
    show(list = []) {
      list.forEach(this.add);
      $('#my-claims .nothing').textContent = 'You have not claimed anything yet.';
      render();
    },
    clear() {
      claims.clear();
      $('#my-claims .nothing').textContent = 'Your claims appear here.';
      render();
    },
  };
}

/** A claim that was only just taken may not say when yet: it is the newest. */
const acceptedAt = (claim) => (claim.acceptedAt ? Date.parse(claim.acceptedAt) : Number.MAX_SAFE_INTEGER);

function cell(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
