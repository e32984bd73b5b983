using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SecurityToolchain.AspNetCore.Headers;

/// <summary>
/// A policy whose placeholders are filled in for each response: the nonce that the page asked for, and the digests of what the framework
/// itself writes inline, so that a page that changed nothing works under it.
/// </summary>
/// <remarks>
/// Reference: Content Security Policy Level 3. Placeholders: <c>{nonce}</c>; <c>{import-map}</c>, the digest of the import map that MVC and
/// Blazor write for fingerprinted scripts; <c>{component-handlers}</c>, for Blazor pages the digest of the one inline event handler of its
/// project template, and <c>'none'</c> for all others.
/// </remarks>
internal sealed class ContentSecurityPolicy
{
    /// <summary>In the navigation menu of <c>dotnet new blazor</c>. It closes the menu on a small screen.</summary>
    private const string TemplateHandler = "document.querySelector('.navbar-toggler').click()";

    private static readonly string s_templateHandlers = $"'unsafe-hashes' {Digest(TemplateHandler)}";

    private readonly string _template;
    private readonly StringValues _plain;
    private readonly StringValues _component;
    private readonly ConditionalWeakTable<EndpointMetadataCollection, EndpointContent> _contents = [];

    public ContentSecurityPolicy(string template)
    {
        _template = template;
        _plain = Fill(null, null, isComponent: false);
        _component = Fill(null, null, isComponent: true);
    }

    /// <summary>
    /// Adds the header, unless the application set one. What Blazor sends by itself, <c>frame-ancestors</c> and nothing else, is no policy of
    /// the application's: ours is added beside it, and browsers apply both.
    /// </summary>
    public void Apply(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        StringValues existing = headers.ContentSecurityPolicy;
        if (existing.Count > 0 && !IsFrameAncestorsOnly(existing))
            return;
        StringValues policy = Find(context);
        headers[HeaderNames.ContentSecurityPolicy] = existing.Count == 0 ? policy : StringValues.Concat(existing, policy);
    }

    private static bool IsFrameAncestorsOnly(StringValues values)
    {
        foreach (string? value in values)
        {
            if (value is null || value.Contains(';', StringComparison.Ordinal) || !value.StartsWith("frame-ancestors ", StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private static string Digest(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    private StringValues Find(HttpContext context)
    {
        string? nonce = CspNonce.Find(context);
        EndpointContent content = context.GetEndpoint()?.Metadata is { } metadata ? _contents.GetValue(metadata, EndpointContent.Of) : EndpointContent.Plain;
        if (nonce is null && content.ImportMap is null)
            return content.IsComponent ? _component : _plain;
        return Fill(nonce, content.ImportMap, content.IsComponent);
    }

    private StringValues Fill(string? nonce, string? importMap, bool isComponent)
    {
        string text = Source(_template, "{nonce}", nonce is null ? null : $"'nonce-{nonce}'");
        text = Source(text, "{import-map}", importMap);
        return Source(text, "{component-handlers}", isComponent ? s_templateHandlers : "'none'");
    }

    /// <summary>A source that is not there takes the blank before it along.</summary>
    private static string Source(string text, string placeholder, string? source) => source is null
        ? text.Replace(" " + placeholder, string.Empty, StringComparison.Ordinal).Replace(placeholder, string.Empty, StringComparison.Ordinal)
        : text.Replace(placeholder, source, StringComparison.Ordinal);

    /// <summary>What the framework writes inline into the pages of an endpoint, as its metadata tell.</summary>
    /// <remarks>
    /// The types are known by name only. Naming them in code would make NativeAOT keep and warn about the serializer of import maps in every
    /// application, and only applications that cannot be published so have import maps.
    /// </remarks>
    private sealed record EndpointContent(string? ImportMap, bool IsComponent)
    {
        private const string ImportMapType = "Microsoft.AspNetCore.Components.ImportMapDefinition";
        private const string ComponentType = "Microsoft.AspNetCore.Components.Endpoints.RootComponentMetadata";

        public static EndpointContent Plain { get; } = new(null, false);

        public static EndpointContent Of(EndpointMetadataCollection metadata)
        {
            object? importMap = metadata.LastOrDefault(static item => item.GetType().FullName == ImportMapType);
            bool isComponent = metadata.Any(static item => item.GetType().FullName == ComponentType);
            return importMap is null && !isComponent ? Plain : new EndpointContent(importMap?.ToString() is { } text ? Digest(text) : null, isComponent);
        }
    }
}
