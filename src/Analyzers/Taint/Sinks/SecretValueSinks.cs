using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that store a value under a name, where the name says that it is a secret. Names in code are <see cref="SecretNameMatcher"/>'s.</summary>
internal static class SecretValueSinks
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.Create(
        // System.Collections.Generic reference.
        Sink.IndexerValue(SinkKinds.SecretValue, "System.Collections.Generic.IDictionary`2", includeImplementations: true, when: Named("key")).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "System.Collections.Generic.IDictionary`2", "Add", "value", includeImplementations: true, when: Named("key")).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "System.Collections.Generic.Dictionary`2", "TryAdd", "value", when: Named("key")).Early(),

        // System.Text.StringBuilder reference: a builder that is called password, token and so on.
        Sink.Parameter(SinkKinds.SecretValue, "System.Text.StringBuilder", "Append", "value", when: IsNamedBuilder).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "System.Text.StringBuilder", "Insert", "value", when: IsNamedBuilder).Early(),

        // ASP.NET Core reference: cookies and session.
        Sink.Parameter(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.IResponseCookies", "Append", "value", includeImplementations: true, when: Credential("key")).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.SessionExtensions", "SetString", "value", when: Named("key")).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.SessionExtensions", "SetInt32", "value", when: Named("key")).Early(),

        // ASP.NET Core and System.Net.Http reference: headers and claims that prove who somebody is.
        Sink.IndexerValue(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.IHeaderDictionary", includeImplementations: true, when: CredentialHeader).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "Microsoft.AspNetCore.Http.HeaderDictionaryExtensions", "Append", "value", when: Credential("key")).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "System.Net.Http.Headers.HttpHeaders", "Add", "value", when: Credential("name")).Early(),
        Sink.Parameter(SinkKinds.SecretValue, "System.Net.Http.Headers.HttpHeaders", "TryAddWithoutValidation", "value", when: Credential("name")).Early(),
        Sink.ConstructorParameter(SinkKinds.SecretValue, "System.Security.Claims.Claim", "value", when: Credential("type")).Early(),
        Sink.ConstructorParameter(SinkKinds.SecretValue, "System.Net.Http.Headers.AuthenticationHeaderValue", "parameter"),

        // System.Net and System.Web reference.
        Sink.ConstructorParameter(SinkKinds.SecretValue, "System.Net.Cookie", "value", when: Credential("name")).Early(),
        Sink.ConstructorParameter(SinkKinds.SecretValue, "System.Web.HttpCookie", "value", when: Credential("name")).Early(),
        Sink.ConstructorParameter(SinkKinds.SecretValue, "System.Net.NetworkCredential", "password"));

    private static Func<SinkSite, bool> Named(string parameter) =>
        site => SecretTypes.Classify(site.Value.Type) is not null
            && site.TryGetConstant(parameter, out object? name) && name is string text && SecretNames.IsSecret(text, isNumber: false, isBytes: false);

    private static Func<SinkSite, bool> Credential(string parameter) =>
        site => site.TryGetConstant(parameter, out object? name) && name is string text && SecretNames.IsCredentialName(text);

    private static bool CredentialHeader(SinkSite site) =>
        site.Operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } }
        && site.TryGetConstant(key.Value.WithoutConversions(), out object? name) && name is string text && SecretNames.IsCredentialName(text);

    private static bool IsNamedBuilder(SinkSite site)
    {
        string? name = (site.Operation as IInvocationOperation)?.Instance?.Syntax switch
        {
            IdentifierNameSyntax variable => variable.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => null,
        };
        return name is not null && SecretNames.IsSecret(name, isNumber: false, isBytes: false);
    }
}
