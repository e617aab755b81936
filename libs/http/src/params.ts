import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { parseId, type Id } from '#decider';
import { notFound } from './problem.js';

/** An id in the path that cannot be one leads nowhere, like one that nobody has. */
class IdPipe implements PipeTransform<string, Id<string>> {
  transform(text: string): Id<string> {
    const id = parseId<string>(text);
    if (!id) throw notFound();
    return id;
  }
}

/** Reads an id from the path, and documents it: the custom type of an id says nothing to the documentation. */
export function IdParam(name: string): ParameterDecorator {
  return (target, method, index) => {
    Param(name, IdPipe)(target, method, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, method!)!;
    ApiParam({ name, schema: { type: 'string', format: 'uuid' } })(target, method!, descriptor);
  };
}

export function PersonParam(): ParameterDecorator {
  return IdParam('person');
}
