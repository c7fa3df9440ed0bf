import { count, longDuration, moment, stockInWords } from './words.js';

const template = document.getElementById('card').content.firstElementChild;

/** One treasure on the page. Everything is written with textContent, and only where it changed. */
export function createCard(treasureId, { onClaim, onClues, onInterest }) {
  const element = template.cloneNode(true);
  const $ = (selector) => element.querySelector(selector);
  const [title, tag, left, ofStock, meter, fill] = ['h3', '.tag', '.remaining strong', '.remaining span', '.meter', '.meter span'].map($);
  const [form, proof, proofLabel, proofInput] = ['form', '.proof', '.proof label', '.proof input'].map($);
  const [claim, verb, cluesButton] = ['.claim', '.claim .verb', '.clues-button'].map($);
  const [outcome, outcomeTitle, outcomeDetail] = ['.outcome', '.outcome-title', '.outcome-detail'].map($);
  const [clues, clueList, nextClue] = ['.clues', '.clues ol', '.clues p'].map($);

  element.id = `treasure-${treasureId}`;
  title.id = `${element.id}-name`;
  clues.id = `${element.id}-clues`;
  proofInput.id = `${element.id}-proof`;
  proofLabel.htmlFor = proofInput.id;
  cluesButton.setAttribute('aria-controls', clues.id);
  element.setAttribute('aria-labelledby', title.id);

  let details = null;
  let blocked = false;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (claim.getAttribute('aria-disabled') === 'true') return;
    if (!proof.hidden && !blocked && !proofInput.value.trim()) return proofInput.focus();
    onClaim(treasureId, proof.hidden ? undefined : proofInput.value.trim());
  });
  cluesButton.addEventListener('click', () => {
    clues.hidden = !clues.hidden;
    cluesButton.setAttribute('aria-expanded', String(!clues.hidden));
    if (!clues.hidden) onClues(treasureId);
  });
  element.addEventListener('pointerenter', () => onInterest(treasureId));
  element.addEventListener('focusin', () => onInterest(treasureId));

  return {
    element,
    get open() { return !clues.hidden; },

    /** What the hunt says about the treasure. */
    show(treasure, huntIsOpen) {
      write(title, treasure.name);
      for (const name of element.querySelectorAll('.row .unseen')) write(name, `for ${treasure.name}`);
      write(tag, treasure.status);
      element.dataset.status = treasure.status;
      tag.dataset.status = treasure.status;
      const [head, rest] = stockInWords(treasure);
      write(left, head);
      write(ofStock, rest);
      const share = treasure.stock > 0 && treasure.status !== 'withdrawn' ? treasure.remaining / treasure.stock : 0;
      fill.style.transform = `scaleX(${share})`;
      meter.style.setProperty('--units', treasure.stock);
      meter.toggleAttribute('data-units', treasure.stock <= 12);
      meter.toggleAttribute('data-low', share <= 0.25);
      meter.setAttribute('aria-label', `Stock left of ${treasure.name}`);
      meter.setAttribute('aria-valuemax', treasure.stock);
      meter.setAttribute('aria-valuenow', treasure.remaining);
      meter.setAttribute('aria-valuetext', `${treasure.remaining} of ${count(treasure.stock, 'unit', 'units')} left`);
      element.toggleAttribute('data-claimable', treasure.status === 'available' && huntIsOpen);
      this.settle();
    },

    /** What became of this visitor's claim. */
    tell(state) {
      const busy = state?.busy ?? false;
      blocked = Boolean(state?.verb);
      write(verb, state?.verb ?? (busy ? 'Claiming' : 'Claim'));
      element.toggleAttribute('data-busy', busy);
      element.toggleAttribute('data-unanswered', blocked);
      outcome.hidden = !state;
      if (state) {
        outcome.dataset.tone = state.tone;
        write(outcomeTitle, state.title);
        write(outcomeDetail, state.detail);
        outcomeDetail.hidden = !state.detail;
      }
      if (state?.tone === 'won') proofInput.value = '';
      this.settle();
    },

    yours(awarded) {
      element.toggleAttribute('data-yours', awarded);
    },

    /** A claim can be pressed when the treasure can be had, or when an earlier claim has no answer yet. */
    settle() {
      const can = !element.hasAttribute('data-busy') && (element.hasAttribute('data-claimable') || blocked);
      claim.setAttribute('aria-disabled', String(!can));
      proofInput.readOnly = element.hasAttribute('data-busy') || blocked;
    },

    askForProof(focus) {
      proof.hidden = false;
      if (focus) {
        proofInput.focus();
        proofInput.select();
      }
    },

    /** What only the treasure's own page knows: clues and whether a proof is needed. */
    explain(treasure, now) {
      if (treasure !== details) {
        details = treasure;
        clueList.replaceChildren(...(treasure?.clues ?? []).map((clue) => clueItem(clue, now)));
      }
      // Not before somebody asks: a card must not grow because a pointer passed over it.
      if (treasure?.proofRequired && !clues.hidden) this.askForProof(false);
      const nextInMs = Date.parse(treasure?.nextClueAt) - now;
      write(nextClue, !treasure ? 'The clues cannot be read right now.'
        : nextInMs > 0 ? `Next clue in ${longDuration(nextInMs)}`
        : treasure.nextClueAt ? 'The next clue is on its way.'
        : treasure.clues.length ? 'No further clue is planned.' : 'This treasure has no clue.');
    },
  };
}

function clueItem(clue, now) {
  const item = document.createElement('li');
  const text = document.createElement('span');
  const at = document.createElement('time');
  text.textContent = clue.text;
  at.dateTime = clue.revealAt;
  at.textContent = moment(clue.revealAt, now);
  item.append(text, ' ', at);
  return item;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
