using System;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>
/// Text in front of a tainted part that makes it harmless for some sinks: after <c>https://example.com/</c> the host of a URL is fixed.
/// </summary>
/// <example><code>new PrefixSanitizer(SinkKinds.RequestHost | SinkKinds.Redirect, static prefix =&gt; UrlPrefix.FixesHost(prefix))</code></example>
/// <param name="Clears">The sinks for which what follows the prefix is harmless.</param>
/// <param name="Fixes">Gets the text in front; a part that is unknown but not tainted is written as U+FFFD.</param>
internal sealed record PrefixSanitizer(SinkKinds Clears, Func<string, bool> Fixes);
