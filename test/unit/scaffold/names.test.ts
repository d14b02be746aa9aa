/** Spellings and plurals of names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pascalOf, pluralOf, singularOf, snakeOf, withArticle } from '../../../src/scaffold/names.ts';

test('class names to snake case', () => {
  assert.deepEqual(['OrderItem', 'HTTPRoute', 'A', 'UserV2', 'order_item'].map(snakeOf), [
    'order_item',
    'http_route',
    'a',
    'user_v2',
    'order_item',
  ]);
});

test('words to class names', () => {
  assert.deepEqual(['order item', 'order_item', 'in-transit', '9 lives'].map(pascalOf), [
    'OrderItem',
    'OrderItem',
    'InTransit',
    '9Lives',
  ]);
});

test('plurals', () => {
  const singular = [
    'order',
    'category',
    'day',
    'box',
    'address',
    'status',
    'branch',
    'person',
    'order_child',
    'analysis',
    'metadata',
    'shelf',
    'photo',
    'house',
  ];
  const plural = [
    'orders',
    'categories',
    'days',
    'boxes',
    'addresses',
    'statuses',
    'branches',
    'people',
    'order_children',
    'analyses',
    'metadata',
    'shelves',
    'photos',
    'houses',
  ];
  assert.deepEqual(singular.map(pluralOf), plural);
});

test('articles', () => {
  assert.deepEqual(['order', 'user', 'customer', 'umbrella', 'unit', 'hour'].map(withArticle), [
    'an order',
    'a user',
    'a customer',
    'an umbrella',
    'a unit',
    'an hour',
  ]);
});

test('singulars', () => {
  const plural =
    'orders categories days boxes addresses statuses branches people analyses shelves houses caches bonuses movies courses status news sizes';
  assert.equal(
    plural.split(' ').map(singularOf).join(' '),
    'order category day box address status branch person analysis shelf house cache bonus movie course status news size',
  );
});
