import { Param, type PipeTransform } from '@nestjs/common';
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

export function IdParam(name: string): ParameterDecorator {
  return Param(name, IdPipe);
}

export function PersonParam(): ParameterDecorator {
  return IdParam('person');
}
