// The option's radio: the page's own, in its own group. The nearest surroundings with exactly one radio are the option;
// where there are several, or none, nobody can say which is meant, and the option counts as chosen.

const radioOf = (element) => {
  for (let place = element; place; place = place.parentElement) {
    const radios = place.querySelectorAll("input[type=radio]");
    if (radios.length) return radios.length === 1 ? radios[0] : undefined;
  }
  return undefined;
};

/** Whether the page's method is the chosen one. */
export const isChosen = (element) => radioOf(element)?.checked ?? true;
