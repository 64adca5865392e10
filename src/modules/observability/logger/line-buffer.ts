// Log lines on their way out. Each write to a pipe is a system call that wakes the reader; an operator that brings up a
// thousand CRs would spend more time on it than on any template. Lines wait a moment and go together; a warning or an
// error takes everything before it along at once, and nothing waits when the process ends.

const WAIT_MS = 20;
const MAX_CHARACTERS = 32 * 1024;

export class LineBuffer {
  private text = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly write: (text: string) => void) {}

  push(line: string, isUrgent: boolean): void {
    this.text += line;
    if (isUrgent || this.text.length >= MAX_CHARACTERS) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), WAIT_MS).unref();
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { text } = this;
    this.text = '';
    if (text !== '') this.write(text);
  }
}
