// The files beside the loader: where they are is known to the entry alone, what they must hold is pinned by a hash.

let at;

/** Says where a file is; called by the entry, which alone knows its own address. The first one stays. */
export const filesAre = (find) => {
  at ??= find;
};

/** Fetches a file of this build. */
export const load = async (name, integrity, host) => {
  const answer = await fetch(at(name, host), { integrity });
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer;
};
