import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type OpenDatabase } from '#event-store';

const still = new Int32Array(new SharedArrayBuffer(4));

/** Holds the thread up as a disk would that takes so much longer to flush. */
function stall(delayMs: number): void {
  if (delayMs > 0) Atomics.wait(still, 0, 0, delayMs);
}

/** Opens databases of which every commit takes so much longer: the disks here flush faster than most. */
export function withSlowFlush(delayMs: number): OpenDatabase {
  return (path) => {
    const db = openDatabase(path);
    const exec = db.exec.bind(db);
    const value = (sql: string) => {
      exec(sql);
      if (sql === 'COMMIT') stall(delayMs);
    };
    return Object.defineProperty(db, 'exec', { value });
  };
}

/** What a disk itself can do: `count` times one write of these bytes and one flush. @returns writes a second */
export function fileFloor(folder: string, bytes: Uint8Array, count = 400, delayMs = 0): number {
  const path = join(folder, 'floor');
  const file = openSync(path, 'w');
  const startMs = performance.now();
  for (let i = 0; i < count; i++) {
    writeSync(file, bytes);
    fdatasyncSync(file);
    stall(delayMs);
  }
  const result = (count / (performance.now() - startMs)) * 1000;
  closeSync(file);
  rmSync(path);
  return result;
}
