import { Metadata, type ServiceError } from '@grpc/grpc-js';

/** As the server tells errors: a code, a sentence, and an exception's name in the trailers. */
export function serviceError(
  code: number,
  details: string,
  exception?: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  if (exception) metadata.set('exception', exception);
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
