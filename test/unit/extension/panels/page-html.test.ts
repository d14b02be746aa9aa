import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageHtml } from '../../../../src/extension/panels/page-html.ts';

const page = pageHtml({
  title: '</title><script>alert("x")</script>',
  script: 'https://file+.example/dist/panel-pools.js?a=1&b=2',
  style: 'https://file+.example/dist/panel-pools.css',
  source: 'https://*.example',
  nonce: 'bm9uY2U',
});

test('the policy lets in the one script and style sheets of the extension, and nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  const directives = policy.replaceAll('&#39;', "'").split('; ');
  assert.deepEqual(directives, [
    "default-src 'none'",
    "script-src 'nonce-bm9uY2U'",
    'style-src https://*.example',
    'font-src https://*.example',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  assert.doesNotMatch(policy, /unsafe|\*(?!\.)/);
});

test('nothing inline: every script has an address, and there is no style or handler in the document', () => {
  assert.deepEqual(page.match(/<script(?![^>]* src=)/g), null);
  assert.deepEqual(page.match(/<style| style=| on\w+=/g), null);
});

test('texts that come from elsewhere stay text', () => {
  assert.doesNotMatch(page, /<script>alert/);
  assert.match(page, /src="https:\/\/file\+\.example\/dist\/panel-pools\.js\?a=1&#38;b=2"/);
});
