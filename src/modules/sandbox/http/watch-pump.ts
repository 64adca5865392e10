// From a watch to a response. It takes from the watch only what the socket takes, so that a client that doesn't read is
// not buffered for: its watch falls behind the log, is closed, and the response ends.
import { type ServerResponse } from 'node:http';
import { type WatchAnswer } from '../request';
import { lineOf } from '../watch';

/** Lines go out in pieces of about this size. */
const PIECE_CHARACTERS = 64 * 1024;

export async function pumpWatch(answer: WatchAnswer, response: ServerResponse): Promise<void> {
  const { watch, stopTimers } = answer;
  response.once('close', () => watch.close());
  try {
    while (!watch.isEnded) {
      const piece = takePiece(answer);
      if (piece === '') {
        if (!watch.isEnded) await new Promise<void>((resolve) => watch.onReady(resolve));
      } else if (!response.write(piece)) await untilDrained(answer, response);
    }
  } finally {
    stopTimers();
    // Who doesn't read would not take the end either.
    if (response.writableNeedDrain) response.destroy();
    else response.end();
  }
}

function takePiece({ watch, form }: WatchAnswer): string {
  let piece = '';
  while (piece.length < PIECE_CHARACTERS) {
    const item = watch.take();
    if (item === undefined) break;
    piece += lineOf(item, form);
  }
  return piece;
}

/** Until the socket takes more, or the watch is over. */
function untilDrained({ watch }: WatchAnswer, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (watch.isEnded) done();
      else watch.onReady(look);
    };
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
    look();
  });
}
