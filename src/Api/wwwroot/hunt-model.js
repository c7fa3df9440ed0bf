/** The hunt and its treasures. Polls and the stream set the same state: a poll the whole hunt, the stream each part that changed. */
export function createHuntModel() {
  const treasures = new Map(); // in the order in which they were hidden
  let hunt = null;

  const setTreasure = (treasure) => {
    treasures.set(treasure.treasureId, { ...treasures.get(treasure.treasureId), ...treasure });
  };

  return {
    get hunt() { return hunt && { ...hunt, treasures: [...treasures.values()] }; },
    setHunt({ treasures: all = [], ...rest }) {
      hunt = rest;
      all.forEach(setTreasure);
    },
    setTreasure,
  };
}
