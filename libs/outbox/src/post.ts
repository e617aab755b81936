const TIMEOUT_MS = 10_000;

/** `gone`: the receiver wants no more of it. Else the kind of error, never what was answered. */
export type Posted = 'delivered' | 'gone' | 'redirect' | 'timeout' | 'unreachable' | `http-${number}`;

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts once. A redirect is not followed: it could lead into the operator's own network. Never throws. */
export async function post(
  { url, headers, body }: Message,
  stop: AbortSignal,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Posted> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([stop, timeout]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    // What they say is not read: it could be long, and could carry what should not be kept.
    await response.body?.cancel().catch(() => {});
    return kindOf(response.status);
  } catch {
    return timeout.aborted ? 'timeout' : 'unreachable';
  }
}

function kindOf(status: number): Posted {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'redirect' : `http-${status}`;
}
