import { createCard } from './cards.js';
import { send } from './http.js';

const pageSize = matchMedia('(min-width: 60rem)').matches ? 60 : 24; // On a phone the leaderboard is below the treasures.
const detailsTtlMs = 5000;
const $ = (id) => document.getElementById(id);

/**
 * The list of treasures. The selection and its order change only when the visitor changes the filter, or when treasures are
 * added or removed: a card must not move while the visitor presses it. Only the first page of treasures has cards.
 */
export function createTreasures({ claims, now, isStreaming }) {
  const treasures = new Map(); // id → the treasure as listed in the hunt
  const cards = new Map(); // id → card, created when it is first shown
  const details = new Map(); // id → { value, etag, readAt, reading }
  const awards = new Set(); // treasures of which this visitor holds an award
  let shownIds = [];
  let limit = pageSize;
  let huntIsOpen = false;
  let huntIsScheduled = false;
  let knownIds = '';

  const matches = (treasure) =>
    treasure.name.toLowerCase().includes($('filter-name').value.trim().toLowerCase())
    && (!$('filter-available').checked || treasure.status === 'available');

  function applyFilter() {
    shownIds = [...treasures.values()].filter(matches).map((treasure) => treasure.treasureId);
    showCards();
  }

  function showCards() {
    const visible = shownIds.slice(0, limit);
    const focused = document.activeElement;
    $('cards').replaceChildren(...visible.map((id) => cardOf(id).element));
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    visible.forEach(refresh);
    const rest = shownIds.length - visible.length;
    $('more').hidden = rest <= 0;
    $('more').textContent = `Show ${Math.min(pageSize, rest)} more of ${rest.toLocaleString()}`;
    $('nothing').hidden = shownIds.length > 0;
    $('nothing').textContent = treasures.size ? 'No treasure matches this search.'
      : huntIsScheduled ? 'The treasures appear here when the hunt opens.' : 'This hunt has no treasures yet.';
  }

  function cardOf(id) {
    if (!cards.has(id)) {
      const card = createCard(id, { onClaim, onClues: readDetails, onHover: readDetails });
      cards.set(id, card);
      card.showClaim(claims.stateOf(id));
    }
    return cards.get(id);
  }

  function refresh(id) {
    const card = cards.get(id);
    const treasure = treasures.get(id);
    if (!card || !treasure) return;
    card.show(treasure, huntIsOpen);
    card.showAward(awards.has(id));
  }

  /** Requests the proof before the first claim: without it the claim would be rejected. */
  async function onClaim(id, proof) {
    if (proof === undefined && !claims.isUnanswered(id) && (await readDetails(id))?.proofRequired) {
      return cardOf(id).askForProof(true);
    }
    await claims.claim(id, proof);
  }

  async function readDetails(id) {
    const known = details.get(id) ?? { value: null, etag: null, readAt: 0, reading: null };
    details.set(id, known);
    if (isStreaming() && known.value) {
      showDetails(id);
      return known.value;
    }
    const isClueDue = known.value?.nextClueAt && Date.parse(known.value.nextClueAt) < now();
    if (known.value && Date.now() - known.readAt < (isClueDue ? 1000 : detailsTtlMs)) {
      showDetails(id);
      return known.value;
    }
    known.reading ??= send(`/v1/treasures/${encodeURIComponent(id)}`, { timeoutMs: 4000, headers: known.etag ? { 'If-None-Match': known.etag } : {} })
      .then((response) => {
        known.reading = null;
        known.readAt = Date.now();
        if (response.ok) [known.value, known.etag] = [response.body, response.header('ETag')];
        showDetails(id);
        return known.value;
      });
    return known.reading;
  }

  function showDetails(id) {
    cards.get(id)?.showDetails(details.get(id)?.value, now());
  }

  $('filter').addEventListener('submit', (event) => event.preventDefault());
  $('filter').addEventListener('input', () => {
    limit = pageSize;
    applyFilter();
  });
  $('more').addEventListener('click', () => {
    const firstNew = shownIds[limit];
    limit += pageSize;
    showCards();
    cards.get(firstNew)?.element.querySelector('button').focus();
  });

  return {
    nameOf: (id) => treasures.get(id)?.name ?? id,

    show(hunt) {
      huntIsOpen = hunt.status === 'open';
      huntIsScheduled = hunt.status === 'scheduled';
      const ids = hunt.treasures.map((treasure) => treasure.treasureId);
      treasures.clear();
      for (const treasure of hunt.treasures) treasures.set(treasure.treasureId, treasure);
      const available = hunt.treasures.filter((treasure) => treasure.status === 'available').length;
      $('treasure-count').textContent = ids.length ? `${available.toLocaleString()} of ${ids.length.toLocaleString()} available` : '';
      $('filter').hidden = ids.length < 8;
      const all = ids.join();
      if (all === knownIds && shownIds.length) shownIds.slice(0, limit).forEach(refresh);
      else applyFilter();
      knownIds = all;
    },

    /** Takes the details of a treasure from the stream. */
    takeDetails(treasure) {
      details.set(treasure.treasureId, { value: treasure, etag: null, readAt: Date.now(), reading: null });
      showDetails(treasure.treasureId);
    },

    showClaim(id, state) {
      const card = cards.get(id);
      card?.showClaim(state);
      if (state?.proofAsked) card?.askForProof(card.element.contains(document.activeElement));
    },

    showAwards(ids) {
      awards.clear();
      ids.forEach((id) => awards.add(id));
      for (const [id, card] of cards) card.showAward(awards.has(id));
    },

    /** Called once a second: updates countdowns, and reads the details of open cards again. */
    tick() {
      shownIds.slice(0, limit).filter((id) => cards.get(id)?.isOpen).forEach(readDetails);
    },
  };
}
