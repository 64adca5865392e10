export function repositoryProblems(root: string): string[];
