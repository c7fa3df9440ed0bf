import { $, textElement } from './dom.js';
import { outcomeText, timeText } from './texts.js';

const maxClaimsAtFirst = 6;

/** The visitor's claims: the list of the API, and at once each outcome that the API has just returned. */
export function createMyClaims({ nameOf, huntId, now, onAwards }) {
  const claims = new Map(); // claim id → claim
  let showsAll = false;

  $('#my-claims button').addEventListener('click', () => {
    showsAll = true;
    render();
  });

  function render() {
    const sorted = [...claims.values()].sort((a, b) => acceptedAt(b) - acceptedAt(a));
    $('#my-claims ol').replaceChildren(...sorted.slice(0, showsAll ? sorted.length : maxClaimsAtFirst).map(item));
    $('#my-claims ol').hidden = sorted.length === 0;
    $('#my-claims .nothing').hidden = sorted.length > 0;
    $('#my-claims button').hidden = showsAll || sorted.length <= maxClaimsAtFirst;
    $('#my-claims button').textContent = `Show all ${sorted.length}`;
    onAwards(sorted.filter((claim) => claim.outcome === 'won' && !claim.revokedAt).map((claim) => claim.treasureId));
  }

  function item(claim) {
    const { tone, title, detail } = outcomeText(claim, nameOf(claim.treasureId));
    const li = document.createElement('li');
    const head = document.createElement('p');
    const outcome = textElement('span', claim.revokedAt ? 'revoked' : claim.outcome);
    outcome.className = 'tag';
    outcome.dataset.status = tone;
    head.append(textElement('strong', nameOf(claim.treasureId)), ' ', outcome);
    const details = textElement('p', [
      claim.acceptedAt ? timeText(claim.acceptedAt, now()) : '',
      detail,
      claim.huntId === huntId() ? '' : claim.huntId,
    ].filter(Boolean).join(' · '));
    details.className = 'soft';
    li.append(head, ...(tone === 'won' ? [] : [textElement('p', title)]), details);
    return li;
  }

  return {
    render,
    add(claim) {
      // The read model may be older than the response to the claim. A decided claim never becomes pending again.
      const known = claims.get(claim.claimId);
      if (!known || known.outcome === 'pending' || claim.outcome !== 'pending') claims.set(claim.claimId, claim);
    },
    show(list = []) {
      list.forEach(this.add);
      $('#my-claims .nothing').textContent = 'You have no claims yet.';
      render();
    },
    clear() {
      claims.clear();
      $('#my-claims .nothing').textContent = 'Your claims appear here.';
      render();
    },
  };
}

/** A claim without a time of acceptance was accepted just now: it is the newest. */
const acceptedAt = (claim) => (claim.acceptedAt ? Date.parse(claim.acceptedAt) : Number.MAX_SAFE_INTEGER);
