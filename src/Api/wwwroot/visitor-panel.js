import { setText } from './dom.js';

const $ = (id) => document.getElementById(id);

/** Shows the visitor's player id, and the form for a pasted token. */
export function createVisitorPanel(visitor, announce) {
  function show() {
    const { playerId, state, pasted } = visitor;
    const needsToken = state === 'token-needed';
    $('you-are').replaceChildren({
      loading: 'Loading your player id…',
      known: 'You are ',
      'token-needed': 'To claim, enter the player token that the shop gave you.',
      unreachable: 'You can browse. The server has not issued a player token yet; the next claim requests one again.',
    }[state]);
    if (state === 'known') {
      const name = document.createElement('strong');
      name.textContent = playerId;
      $('you-are').append(name, ...(pasted ? [', with your token'] : []));
    }
    $('change-token').hidden = needsToken;
    showTokenForm(needsToken);
  }

  function showTokenForm(open) {
    $('token-form').hidden = !open;
    $('change-token').setAttribute('aria-expanded', String(open));
    setText($('token-trouble'), '');
  }

  $('change-token').addEventListener('click', () => {
    showTokenForm($('token-form').hidden);
    if (!$('token-form').hidden) $('token').focus();
  });

  $('token-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const problem = await visitor.useToken($('token').value.trim());
    if (problem) return setText($('token-trouble'), problem);
    $('token').value = '';
    announce(`You are ${visitor.playerId}.`);
  });

  return { show };
}
