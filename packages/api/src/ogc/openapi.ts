// SPDX-License-Identifier: AGPL-3.0-or-later
import { COLLECTIONS, GEOJSON_TYPE, HTML_TYPE, JSON_TYPE, OPENAPI_TYPE } from './documents.ts';
import { DEFAULT_LIMIT, MOST_ITEMS } from './parameters.ts';

const ref = (kind: 'parameters' | 'schemas' | 'responses', name: string) => ({ $ref: `#/components/${kind}/${name}` });

const parameters = {
  f: {
    name: 'f',
    in: 'query',
    description: 'The encoding of the answer, before what the Accept header asks for',
    schema: { type: 'string', enum: ['json', 'html'] },
  },
  bbox: {
    name: 'bbox',
    in: 'query',
    description:
      'west,south,east,north in degrees (CRS84), or six numbers with heights. West may be east of east: across the date line',
    style: 'form',
    explode: false,
    schema: {
      type: 'array',
      oneOf: [
        { minItems: 4, maxItems: 4 },
        { minItems: 6, maxItems: 6 },
      ],
      items: { type: 'number' },
    },
  },
  datetime: {
    name: 'datetime',
    in: 'query',
    description: 'An instant (RFC 3339), or two with a stroke between, either of which may be open (..)',
    schema: { type: 'string' },
  },
  limit: {
    name: 'limit',
    in: 'query',
    description: 'How many features at most',
    style: 'form',
    explode: false,
    schema: { type: 'integer', minimum: 1, maximum: MOST_ITEMS, default: DEFAULT_LIMIT },
  },
  after: {
    name: 'after',
    in: 'query',
    description: 'Where the page before ended; comes from its link `next`',
    schema: { type: 'string' },
  },
  featureId: { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } },
};

const link = {
  type: 'object',
  required: ['href', 'rel'],
  properties: Object.fromEntries(['href', 'rel', 'type', 'title'].map((name) => [name, { type: 'string' }])),
};
const links = { type: 'array', items: ref('schemas', 'link') };
const feature = {
  type: 'object',
  required: ['type', 'id', 'geometry', 'properties'],
  properties: {
    type: { type: 'string', enum: ['Feature'] },
    id: { type: 'string' },
    geometry: { type: 'object', nullable: true },
    properties: { type: 'object', nullable: true },
    links,
  },
};
const schemas = {
  link,
  feature,
  features: {
    type: 'object',
    required: ['type', 'features'],
    properties: {
      type: { type: 'string', enum: ['FeatureCollection'] },
      timeStamp: { type: 'string', format: 'date-time' },
      numberMatched: { type: 'integer' },
      numberReturned: { type: 'integer' },
      features: { type: 'array', items: ref('schemas', 'feature') },
      links,
    },
  },
  landing: {
    type: 'object',
    required: ['links'],
    properties: { title: { type: 'string' }, description: { type: 'string' }, links },
  },
  conformance: {
    type: 'object',
    required: ['conformsTo'],
    properties: { conformsTo: { type: 'array', items: { type: 'string' } } },
  },
  collection: {
    type: 'object',
    required: ['id', 'links'],
    properties: {
      id: { type: 'string' },
      title: { type: 'string' },
      description: { type: 'string' },
      extent: { type: 'object' },
      links,
    },
  },
  collections: {
    type: 'object',
    required: ['links', 'collections'],
    properties: { links, collections: { type: 'array', items: ref('schemas', 'collection') } },
  },
  exception: {
    type: 'object',
    required: ['code'],
    properties: { code: { type: 'string' }, description: { type: 'string' }, parameter: { type: 'string' } },
  },
};

const operation = (
  id: string,
  summary: string,
  schema: keyof typeof schemas,
  type: string,
  asked: (keyof typeof parameters)[],
) => ({
  get: {
    operationId: id,
    summary,
    parameters: asked.map((name) => ref('parameters', name)),
    responses: {
      200: {
        description: summary,
        content: { [type]: { schema: ref('schemas', schema) }, [HTML_TYPE]: { schema: { type: 'string' } } },
      },
      400: ref('responses', 'exception'),
      404: ref('responses', 'exception'),
    },
  },
});

/** OpenAPI 3.0 of this interface. @param root its address */
export function openApi(root: string) {
  const ofCollections = Object.entries(COLLECTIONS).flatMap(
    ([id, { title }]): [string, ReturnType<typeof operation>][] => [
      [`/collections/${id}`, operation(`describe_${id}`, title, 'collection', JSON_TYPE, ['f'])],
      [
        `/collections/${id}/items`,
        operation(`get_${id}`, `Features of ${title}`, 'features', GEOJSON_TYPE, [
          'f',
          'bbox',
          'datetime',
          'limit',
          'after',
        ]),
      ],
      [
        `/collections/${id}/items/{featureId}`,
        operation(`get_one_of_${id}`, `One feature of ${title}`, 'feature', GEOJSON_TYPE, ['featureId', 'f']),
      ],
    ],
  );
  return {
    openapi: '3.0.3',
    info: {
      title: 'Louver: the public register of cameras',
      version: '1.0.0',
      description: 'OGC API - Features, Part 1: Core. Anybody may ask; nothing in it is about a person.',
    },
    servers: [{ url: root }],
    paths: {
      '/': operation('landing', 'Landing page', 'landing', JSON_TYPE, ['f']),
      '/conformance': operation('conformance', 'What this interface conforms to', 'conformance', JSON_TYPE, ['f']),
      '/api': operation('api', 'This definition', 'landing', OPENAPI_TYPE, ['f']),
      '/collections': operation('collections', 'The collections', 'collections', JSON_TYPE, ['f']),
      ...Object.fromEntries(ofCollections),
    },
    components: {
      parameters,
      schemas,
      responses: {
        exception: {
          description: 'Something in the request is wrong; `parameter` names what',
          content: { 'application/problem+json': { schema: ref('schemas', 'exception') } },
        },
      },
    },
  };
}
