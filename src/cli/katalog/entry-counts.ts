/** `2 deployments, 1 services`, in the order of the first of each kind. */
export function entryCounts(entries: readonly { readonly facts: { readonly listKey: string } }[]): string {
  const found = new Map<string, number>();
  for (const { facts } of entries) found.set(facts.listKey, (found.get(facts.listKey) ?? 0) + 1);
  return [...found].map(([key, amount]) => `${amount} ${key}`).join(', ');
}
