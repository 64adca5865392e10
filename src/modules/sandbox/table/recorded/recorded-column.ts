/** Name, type, format, description, priority: 0 is always shown, more only with `-o wide`. */
export type RecordedColumn = readonly [string, string, string, string, number];
