import { createCard } from './cards.js';
import { ask } from './http.js';
import { count } from './words.js';

const pageSize = matchMedia('(min-width: 60rem)').matches ? 60 : 24; // On a phone the leaderboard comes after them.
const freshMs = 5000;
const $ = (id) => document.getElementById(id);

/**
 * The list of treasures. What is shown, and in which order, changes only when the visitor asks for it or treasures
 * come and go: nothing moves away from under a finger. However many there are, only a page of them has cards.
 */
export function createTreasures({ claims, now }) {
  const treasures = new Map(); // id → as the hunt tells it
  const cards = new Map(); // id → card, made when first shown
  const details = new Map(); // id → { value, etag, at, asking }
  const awards = new Set(); // treasures of which this visitor holds an award
  let shownIds = [];
  let limit = pageSize;
  let huntIsOpen = false;
  let huntIsScheduled = false;
  let knownIds = '';

  const matches = (treasure) =>
    treasure.name.toLowerCase().includes($('filter-name').value.trim().toLowerCase())
    && (!$('filter-available').checked || treasure.status === 'available');

  function choose() {
    shownIds = [...treasures.values()].filter(matches).map((treasure) => treasure.treasureId);
    layOut();
  }

  function layOut() {
    const visible = shownIds.slice(0, limit);
    const focused = document.activeElement;
    $('cards').replaceChildren(...visible.map((id) => cardOf(id).element));
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    visible.forEach(refresh);
    const rest = shownIds.length - visible.length;
    $('more').hidden = rest <= 0;
    $('more').textContent = `Show ${Math.min(pageSize, rest)} more of ${rest.toLocaleString()}`;
    $('nothing').hidden = shownIds.length > 0;
    $('nothing').textContent = treasures.size ? 'No treasure fits this search.'
      : huntIsScheduled ? 'The treasures appear here when the hunt opens.' : 'This hunt has no treasures yet.';
  }

  function cardOf(id) {
    if (!cards.has(id)) {
      const card = createCard(id, { onClaim, onClues: detailsOf, onInterest: detailsOf });
      cards.set(id, card);
      card.tell(claims.stateOf(id));
    }
    return cards.get(id);
  }

  function refresh(id) {
    const card = cards.get(id);
    const treasure = treasures.get(id);
    if (!card || !treasure) return;
    card.show(treasure, huntIsOpen);
    card.yours(awards.has(id));
  }

  /** Asks for a proof before the first claim rather than letting the claim be rejected for want of one. */
  async function onClaim(id, proof) {
    if (proof === undefined && !claims.unanswered(id) && (await detailsOf(id))?.proofRequired) {
      return cardOf(id).askForProof(true);
    }
    await claims.claim(id, proof);
  }

  async function detailsOf(id) {
    const known = details.get(id) ?? { value: null, etag: null, at: 0, asking: null };
    details.set(id, known);
    const due = known.value?.nextClueAt && Date.parse(known.value.nextClueAt) < now();
    if (known.value && Date.now() - known.at < (due ? 1000 : freshMs)) {
      explain(id);
      return known.value;
    }
    known.asking ??= ask(`/v1/treasures/${encodeURIComponent(id)}`, { timeoutMs: 4000, headers: known.etag ? { 'If-None-Match': known.etag } : {} })
      .then((answer) => {
        known.asking = null;
        known.at = Date.now();
        if (answer.ok) [known.value, known.etag] = [answer.body, answer.header('ETag')];
        explain(id);
        return known.value;
      });
    return known.asking;
  }

  function explain(id) {
    cards.get(id)?.explain(details.get(id)?.value, now());
  }

  $('filter').addEventListener('submit', (event) => event.preventDefault());
  $('filter').addEventListener('input', () => {
    limit = pageSize;
    choose();
  });
  $('more').addEventListener('click', () => {
    const firstNew = shownIds[limit];
    limit += pageSize;
    layOut();
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
      else choose();
      knownIds = all;
    },

    tell(id, state) {
      const card = cards.get(id);
      card?.tell(state);
      if (state?.proofAsked) card?.askForProof(card.element.contains(document.activeElement));
    },

    awarded(ids) {
      awards.clear();
      ids.forEach((id) => awards.add(id));
      for (const [id, card] of cards) card.yours(awards.has(id));
    },

    /** Once a second: counts clues down, and looks again at those being read. */
    tick() {
      shownIds.slice(0, limit).filter((id) => cards.get(id)?.open).forEach(detailsOf);
    },
  };
}
