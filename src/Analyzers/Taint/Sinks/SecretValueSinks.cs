using System;
using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that store a value under a name, where the name says that it is a secret. Names in code are <see cref="SecretNameMatcher"/>'s.</summary>
internal static class SecretValueSinks
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.Create(
        // System.Collections.Generic reference.
        Sink.IndexerValue(SinkKinds.SecretValue, "System.Collections.Generic.IDictionary`2", includeImplementations: true, when: Named("key")),
        Sink.Parameter(SinkKinds.SecretValue, "System.Collections.Generic.IDictionary`2", "Add", "value", includeImplementations: true, when: Named("key")),
        Sink.Parameter(SinkKinds.SecretValue, "System.Collections.Generic.Dictionary`2", "TryAdd", "value", when: Named("key")),

        // ASP.NET Core reference: cookies and session.
        Sink.Parameter(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.IResponseCookies", "Append", "value", includeImplementations: true, when: Named("key")),
        Sink.Parameter(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.SessionExtensions", "SetString", "value", when: Named("key")),
        Sink.Parameter(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.SessionExtensions", "SetInt32", "value", when: Named("key")),

        // System.Net reference.
        Sink.ConstructorParameter(SinkKinds.SecretValue, "System.Net.Cookie", "value", when: Named("name")),
        Sink.ConstructorParameter(SinkKinds.SecretValue, "System.Net.NetworkCredential", "password"));

    private static Func<SinkSite, bool> Named(string parameter) =>
        site => site.TryGetConstant(parameter, out object? name) && name is string text && SecretNames.IsSecret(text, isNumber: false, isBytes: false);
}
