import { expect } from '@jest/globals';
import type { Told } from './client.js';

/** An error as every client may count on it: problem+json that says what is wrong, where, and what to do. */
export function expectProblem(told: Told, status: number, kind: string, field: string | null = null): void {
  expect([told.status, told.body['type'], told.text]).toEqual([
    status,
    `urn:sillage:problem:${kind}`,
    expect.not.stringMatching(/\n +at |node_modules|\.[jt]s:\d/),
  ]);
  expect(told.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const said = {
    title: expect.any(String),
    detail: expect.stringMatching(/\.$/),
    remedy: expect.stringMatching(/\.$/),
  };
  expect(told.body).toMatchObject({ status, ...said });
  if (field === null) return;
  const { detail, remedy } = said;
  expect(told.body['errors']).toContainEqual(expect.objectContaining({ field, detail, remedy }));
}
