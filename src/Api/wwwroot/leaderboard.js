import { $, textElement } from './dom.js';

/** Replaces the rows of the leaderboard; it has ten at most. */
export function showLeaderboard({ entries }, playerId) {
  const body = $('#leaderboard tbody');
  body.replaceChildren(...entries.map((entry) => {
    const row = document.createElement('tr');
    row.toggleAttribute('data-you', entry.playerId === playerId);
    const rank = textElement('td', entry.rank.toLocaleString());
    const player = textElement('th', entry.playerId);
    player.scope = 'row';
    if (entry.playerId === playerId) player.append(' ', textElement('em', '(you)'));
    row.append(rank, player, textElement('td', entry.awards.toLocaleString()));
    return row;
  }));
  $('#leaderboard table').hidden = entries.length === 0;
  $('#leaderboard .nothing').hidden = entries.length > 0;
  $('#leaderboard .nothing').textContent = 'No award yet.';
}
