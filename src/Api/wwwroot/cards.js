import { setText } from './dom.js';
import { count, longDuration, stockText, timeText } from './texts.js';

const template = document.getElementById('card').content.firstElementChild;

/** The card of one treasure. Texts are set with textContent only: they come from users. */
export function createCard(treasureId, { onClaim, onClues, onHover }) {
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
  let isUnanswered = false;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (claim.getAttribute('aria-disabled') === 'true') return;
    if (!proof.hidden && !isUnanswered && !proofInput.value.trim()) return proofInput.focus();
    onClaim(treasureId, proof.hidden ? undefined : proofInput.value.trim());
  });
  cluesButton.addEventListener('click', () => {
    clues.hidden = !clues.hidden;
    cluesButton.setAttribute('aria-expanded', String(!clues.hidden));
    if (!clues.hidden) onClues(treasureId);
  });
  element.addEventListener('pointerenter', () => onHover(treasureId));
  element.addEventListener('focusin', () => onHover(treasureId));

  return {
    element,
    get isOpen() { return !clues.hidden; },

    /** Shows the treasure as it is listed in the hunt. */
    show(treasure, huntIsOpen) {
      setText(title, treasure.name);
      for (const name of element.querySelectorAll('.row .unseen')) setText(name, `for ${treasure.name}`);
      setText(tag, treasure.status);
      element.dataset.status = treasure.status;
      tag.dataset.status = treasure.status;
      const [head, rest] = stockText(treasure);
      setText(left, head);
      setText(ofStock, rest);
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
      this.updateControls();
    },

    /** Shows the state of the visitor's claim. */
    showClaim(state) {
      const busy = state?.busy ?? false;
      isUnanswered = Boolean(state?.verb);
      setText(verb, state?.verb ?? (busy ? 'Claiming' : 'Claim'));
      element.toggleAttribute('data-busy', busy);
      element.toggleAttribute('data-unanswered', isUnanswered);
      outcome.hidden = !state;
      if (state) {
        outcome.dataset.tone = state.tone;
        setText(outcomeTitle, state.title);
        setText(outcomeDetail, state.detail);
        outcomeDetail.hidden = !state.detail;
      }
      if (state?.tone === 'won') proofInput.value = '';
      this.updateControls();
    },

    showAward(isAwarded) {
      element.toggleAttribute('data-yours', isAwarded);
    },

    /** The button is enabled when the treasure can be won, or when an earlier claim has no final response yet. */
    updateControls() {
      const can = !element.hasAttribute('data-busy') && (element.hasAttribute('data-claimable') || isUnanswered);
      claim.setAttribute('aria-disabled', String(!can));
      proofInput.readOnly = element.hasAttribute('data-busy') || isUnanswered;
    },

    askForProof(focus) {
      proof.hidden = false;
      if (focus) {
        proofInput.focus();
        proofInput.select();
      }
    },

    /** Shows the details of the treasure: its clues, and the field for the proof when one is required. */
    showDetails(treasure, now) {
      if (treasure !== details) {
        details = treasure;
        clueList.replaceChildren(...(treasure?.clues ?? []).map((clue) => clueItem(clue, now)));
      }
      // Only when the clues are open: a card must not grow because the pointer is over it.
      if (treasure?.proofRequired && !clues.hidden) this.askForProof(false);
      const nextInMs = Date.parse(treasure?.nextClueAt) - now;
      setText(nextClue, !treasure ? 'The clues cannot be read at the moment.'
        : nextInMs > 0 ? `Next clue in ${longDuration(nextInMs)}`
        : treasure.nextClueAt ? 'The next clue appears in a moment.'
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
  at.textContent = timeText(clue.revealAt, now);
  item.append(text, ' ', at);
  return item;
}
