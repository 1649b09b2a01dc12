// The files beside the loader: where they are is known to the entry alone, what they must hold is pinned by a hash.

let at;

/** Says where a file is; called by the entry, which alone knows its own address. The first one stays. */
export const filesAre = (find) => {
  at ??= find;
};

/** Fetches a file of this build; a line that drops it once or twice is forgiven. */
export const load = async (name, integrity, host, tries = 3) => {
  try {
    const answer = await fetch(at(name, host), { integrity });
    if (answer.ok) return answer;
    throw new Error(`${answer.url} answered ${answer.status}`);
  } catch (error) {
    if (!--tries) throw error;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return load(name, integrity, host, tries);
  }
};
