type Flags = Readonly<Record<string, string | number | boolean>>;
export function freePorts(amount: number): Promise<readonly number[]>;
export function writeServerFiles(folder: string, administrators: readonly string[]): void;
export function etcdFlags(folder: string, ports: { readonly port: number; readonly peerPort: number }): Flags;
export function apiServerFlags(folder: string, ports: { readonly port: number; readonly etcdPort: number }): Flags;
export function argumentsOf(flags: Flags): readonly string[];
