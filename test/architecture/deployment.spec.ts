import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load, loadAll } from 'js-yaml';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'docs/kubernetes');

type Json = { readonly [key: string]: Json } & readonly Json[] & string;
const manifests = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => loadAll(readFileSync(join(FOLDER, name), 'utf8')) as Json[]);
const compose = load(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')) as Json;
const guide = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const config = readdirSync(join(ROOT, 'apps/api/src'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(ROOT, 'apps/api/src', name), 'utf8'))
  .join('');

/** Every value under this key, however deep. */
function valuesOf(key: string, within: unknown): unknown[] {
  if (within === null || typeof within !== 'object') return [];
  return Object.entries(within).flatMap(([name, value]) => [
    ...(name === key ? [value] : []),
    ...valuesOf(key, value),
  ]);
}
const podsOf = (one: Json) => valuesOf('template', one) as Json[];
const settings = (text: string) => [...new Set(text.match(/SILLAGE_[A-Z_]+/g) ?? [])];

describe('the manifests', () => {
  test('select the pods that they make, and reach them by the ports that these open', () => {
    const pods = manifests.flatMap(podsOf);
    const labels = pods.map((pod) => pod['metadata']!['labels']!['app']);
    for (const service of manifests.filter(({ kind }) => String(kind) === 'Service')) {
      const app = service['spec']!['selector']!['app'];
      expect(labels).toContain(app);
      const pod = pods.find((one) => one['metadata']!['labels']!['app'] === app)!;
      const open = (valuesOf('ports', pod).flat() as Json[]).flatMap(({ name, containerPort }) => [
        name,
        containerPort,
      ]);
      for (const { port, targetPort } of service['spec']!['ports'] as readonly Json[])
        expect(open).toContain(targetPort ?? port);
    }
    for (const selector of valuesOf('matchLabels', manifests) as Json[])
      if (selector['app']) expect(labels).toContain(selector['app']);
  });

  test('mount what they declare', () => {
    for (const one of manifests.filter(({ kind }) => ['StatefulSet', 'Job'].includes(String(kind)))) {
      const spec = podsOf(one)[0]!['spec']!;
      const claims = (one['spec']!['volumeClaimTemplates'] ?? []) as readonly Json[];
      const volumes = [
        ...((spec['volumes'] ?? []) as readonly Json[]),
        ...claims.map((claim) => claim['metadata']!),
      ];
      const mounted = (valuesOf('volumeMounts', spec).flat() as Json[]).map(({ name }) => name);
      expect([...new Set(mounted)].sort()).toEqual(volumes.map(({ name }) => name).sort());
    }
  });

  test('name no secret that the guide does not tell how to make, and hold none', () => {
    const named = [
      ...(valuesOf('secretKeyRef', manifests) as Json[]).map(({ name }) => String(name)),
      ...(valuesOf('secretName', manifests) as string[]),
    ];
    for (const secret of new Set(named)) expect(guide).toMatch(new RegExp(`\\b${secret}\\b`));
    for (const { key } of valuesOf('secretKeyRef', manifests) as Json[]) expect(guide).toContain(String(key));
    expect(manifests.filter(({ kind }) => String(kind) === 'Secret')).toEqual([]);
  });

  test('run nothing as root, and give up every privilege', () => {
    for (const pod of manifests.flatMap(podsOf)) {
      expect(pod['spec']!['securityContext']).toMatchObject({ runAsNonRoot: true });
      const { initContainers = [], containers } = pod['spec']! as unknown as {
        initContainers?: Json[];
        containers: Json[];
      };
      for (const container of [...initContainers, ...containers])
        expect(container['securityContext']).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
    }
  });
});

describe('what is deployed', () => {
  const texts = readdirSync(FOLDER).map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  const both = [...texts, readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')].join('\n');
  /** Passwords and names that compose itself reads. */
  const ofCompose = /_PASSWORD$|^SILLAGE_(SITE|LISTEN)$/;

  test('sets nothing that the server does not read', () => {
    const unread = settings(both).filter((name) => !ofCompose.test(name) && !config.includes(`'${name}'`));
    expect(unread).toEqual([]);
  });

  test('asks each database node for its health where it listens, and every API node is behind the proxy', () => {
    const services = Object.entries(compose['services']!);
    expect(compose['x-kurrentdb']!['healthcheck']!['test']![1]).toContain('//$$EVENTSTORE_NODE_IP:');
    for (const [, { environment }] of services.filter(([name]) => name.startsWith('kurrentdb-')))
      expect(environment!['EVENTSTORE_NODE_IP']).toBeDefined();
    const proxied = readFileSync(join(ROOT, 'docs/Caddyfile'), 'utf8').match(/[\w-]+(?=:3000)/g);
    expect(proxied).toEqual(services.map(([name]) => name).filter((name) => name.startsWith('api-')));
  });

  test('is the same version of every image in both', () => {
    const images = (within: unknown) =>
      Object.fromEntries(
        (valuesOf('image', within) as string[]).map((image) => image.split(':') as [string, string]),
      );
    const inCompose = images(compose);
    for (const [image, tag] of Object.entries(images(manifests)))
      if (image !== 'sillage') expect([image, tag]).toEqual([image, inCompose[image]]);
    const built = readFileSync(join(FOLDER, 'Containerfile'), 'utf8').match(/node:\S+/g);
    expect(new Set(built)).toEqual(new Set([`node:${inCompose['node']}`]));
  });
});
