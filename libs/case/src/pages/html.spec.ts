import { describe, expect, test } from '@jest/globals';
import { markup, NOTHING } from './html.js';

describe('markup', () => {
  test('escapes whatever is put in, in text and in attributes', () => {
    const evil = `</p><script>alert("1" & '2')</script>`;
    expect(markup`<p title="${evil}">${evil}</p>`.text).toBe(
      '<p title="&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">' +
        '&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
    );
  });

  test('takes markup as it is, one piece or many', () => {
    const items = ['a', '<b>'].map((text) => markup`<li>${text}</li>`);
    expect(markup`<ul>${items}</ul>${NOTHING}${3}`.text).toBe('<ul><li>a</li>\n<li>&lt;b&gt;</li></ul>3');
  });
});
