using System;
using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Prefixes that fix the host of a URL, and checks that a URL is local.</summary>
internal static class UrlSanitizers
{
    /// <summary>Prefixes.</summary>
    public static readonly ImmutableArray<PrefixSanitizer> Prefixes = ImmutableArray.Create(
        new PrefixSanitizer(SinkKinds.Redirect, static prefix => FixesHost(prefix) || IsLocalPath(prefix)),
        new PrefixSanitizer(SinkKinds.RequestHost | SinkKinds.ConnectionHost, static prefix => FixesHost(prefix) || IsLocalPath(prefix)));

    /// <summary>Checks.</summary>
    public static readonly ImmutableArray<Validator> Validators = ImmutableArray.Create(
        Validator.Parameter(SinkKinds.Redirect, "Microsoft.AspNetCore.Mvc.IUrlHelper", "IsLocalUrl", "url", ValidWhen.True, includeImplementations: true),
        Validator.Parameter(SinkKinds.Redirect, "Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult", "IsLocalUrl", "url", ValidWhen.True),
        Validator.Parameter(SinkKinds.Redirect, "System.Web.Mvc.UrlHelper", "IsLocalUrl", "url", ValidWhen.True, includeImplementations: true),
        Validator.Parameter(SinkKinds.Redirect, "System.Web.WebPages.RequestExtensions", "IsUrlLocalToHost", "url", ValidWhen.True),
        Validator.Receiver(SinkKinds.Redirect | SinkKinds.RequestHost, "System.String", "StartsWith", ValidWhen.True, when: static site => site.TryGetConstant("value", out object? prefix) && prefix is string text && FixesHost(text)),
        Validator.Parameter(SinkKinds.AllInjection & ~(SinkKinds.RequestHost | SinkKinds.ConnectionHost | SinkKinds.Redirect), "System.Net.IPAddress", "TryParse", "ipString", ValidWhen.True),
        Validator.Receiver(SinkKinds.Redirect | SinkKinds.RequestHost, "System.Uri", "IsBaseOf", ValidWhen.True),
        Validator.Parameter(SinkKinds.Redirect | SinkKinds.RequestHost, "System.Uri", "IsBaseOf", "uri", ValidWhen.True));

    /// <summary>Whether whatever follows the text stays on one host: scheme, host and at least one separator are there.</summary>
    public static bool FixesHost(string prefix)
    {
        int scheme = prefix.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 1)
            return false;
        int host = scheme + 3;
        int end = prefix.IndexOfAny(['/', '?', '#'], host);
        return end > host && prefix.IndexOf('@', end) < 0;
    }

    /// <summary>Whether the text starts a path on the same host, and the path goes on.</summary>
    private static bool IsLocalPath(string prefix) =>
        (prefix.Length > 1 && prefix[0] == '/' && prefix[1] is not ('/' or '\\')) || (prefix.Length > 2 && prefix[0] == '~' && prefix[1] == '/')
        || (prefix.Length > 1 && prefix[0] == '?') || IsRelativeSegment(prefix);

    /// <summary><c>products/</c>: a relative path with a complete first segment.</summary>
    private static bool IsRelativeSegment(string prefix)
    {
        int slash = prefix.IndexOf('/');
        if (slash < 1)
            slash = prefix.IndexOf('?');
        if (slash < 1)
            return false;
        for (int i = 0; i < slash; i++)
        {
            if (!char.IsLetterOrDigit(prefix[i]) && prefix[i] is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }
}
