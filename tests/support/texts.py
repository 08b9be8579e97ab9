"""Rich text of every kind, as it is stored, and what must never get in."""

from kring.ui.richtext.sanitise import sanitise

_WRITTEN = {
    "words": "<p>One <strong>bold</strong>, <em>slanted</em>, <s>struck</s>, H<sub>2</sub>O, m<sup>2</sup>, "
    "<code>code</code>.</p>",
    "marks in marks": "<p><a href='https://example.org/'><strong>a <em>b</em></strong></a>"
    "<strong><code>c</code></strong> d</p>",
    "breaks and spaces": "<p>One<br>two\u00a0three</p><p>a <strong>b</strong> <em>c</em></p>",
    "headings": "<h2>One</h2><p>x</p><h3 id='s-kept'>Two</h3><h4>Three</h4>",
    "nested lists": "<ul><li>a<ul><li>b<ol start='3'><li>c</li></ol></li></ul></li>"
    "<li><p>d</p><p>e</p></li></ul>",
    "timeline": "<ol><li><strong>Monday 07:30</strong> First payment run.</li>"
    "<li><strong>08:10</strong> A call.</li></ol>",
    "tasks": "<ul data-type='taskList'><li data-type='taskItem' data-checked='true'>a</li>"
    "<li data-type='taskItem' data-checked='false'><p>b</p><ul><li>c</li></ul></li></ul>",
    "table": "<table><tr><th>A</th><th>B</th></tr><tr><td colspan='2'>1</td></tr>"
    "<tr><td></td><td><ul><li>x</li></ul><p>y</p></td></tr></table>",
    "uneven table": "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table><p>after</p>",
    "code block": "<pre><code class='language-sql'>\n  select *\n\n\tfrom lift; -- &lt;b&gt;</code></pre>",
    "quote": "<blockquote><p>a</p><ul><li>b</li></ul></blockquote><hr><p>c</p>",
    "footnotes": "<p>Word<sup><a href='#s-fn1'>[1]</a></sup></p><hr><ol><li><p>Note</p></li></ol>",
    "details": "<details><summary>More</summary><p>Inside</p></details>",
    "odd": "text <div>loose<p>in</div> <b><i>un</b>closed</i> <table><td>cell</table> "
    "&amp;lt; &#8212; <!-- no -->",
    "empty lines": "<p></p><p>a</p><p></p><p>b</p><p></p>",
    "addresses": "<p><a href='/people/3/'>here</a> <a href='mailto:a@example.org' title='t'>mail</a>"
    " <a href='#s-one'>up</a> <a href='tel:+32'>call</a></p>",
    "other letters": "<p>Ĳssel, naïve, 漢字, 👩‍🔧, עברית, a&lt;b&gt;&amp;c, ‘quotes’ “too”</p>",
}
STORED = {name: str(sanitise(html)) for name, html in _WRITTEN.items()}

# Each would call ran() if it could.
HOSTILE = [
    "<script>ran()</script>",
    "<img src=x onerror=ran()>",
    "<img src=x onerror=ran() data-ref='kring:image/1/x'>",
    "<svg onload=ran()><animate onbegin=ran() attributeName=x dur=1s>",
    "<svg><script>ran()</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=ran()>",
    "<a href='javascript:ran()'>a</a>",
    "<a href=' &#1; javascript:ran()'>a</a>",
    "<a href='java\tscript:ran()'>a</a>",
    "<a href='jAvAsCrIpT&colon;ran()'>a</a>",
    "<a href='data:text/html,<script>ran()</script>'>a</a>",
    "<a href='vbscript:ran()'>a</a>",
    "<p style='background:url(javascript:ran())' onclick='ran()'>a</p>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<object data='javascript:ran()'></object><embed src='javascript:ran()'>",
    "<details open ontoggle=ran()>a</details>",
    "<form action='javascript:ran()'><button>a</button></form>",
    "<body onload=ran()>a</body>",
    "<template><img src=x onerror=ran()></template>",
    "</template><img src=x onerror=ran()>",
    "</textarea><script>ran()</script>",
    "<noscript><p title='</noscript><img src=x onerror=ran()>'>",
    "<style>@import 'javascript:ran()'</style><link rel=stylesheet href='javascript:ran()'>",
    "<video><source onerror=ran()></video><audio src=x onerror=ran()>",
    "<ul data-type=taskList onfocus=ran()><li data-checked='\" onfocus=ran() x=\"'>a</ul>",
    "<h2 id='x\" onclick=\"ran()'>a</h2>",
    "<pre><code class='language-x\" onclick=\"ran()'>a</code></pre>",
    "<embed embedtype='image' id='1' alt='\"><script>ran()</script>' format='left'/>",
    "<a linktype='page' id='1\" onclick=\"ran()'>a</a>",
    "<table background='javascript:ran()'><td onclick=ran()>a</table>",
    "[a](javascript:ran())",
    "[a](<java\nscript:ran()>)",
    "![a](javascript:ran())",
    "![a\" onerror=\"ran()](x)",
    "<javascript:ran()>",
    "```x\" onclick=\"ran()\na\n```",
    "## a {#x\" onclick=\"ran()}",
    "[a]: javascript:ran()\n\n[a]",
]  # fmt: skip
