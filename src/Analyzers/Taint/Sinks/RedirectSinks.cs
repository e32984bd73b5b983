using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that send the browser elsewhere (CWE-601).</summary>
internal static class RedirectSinks
{
    private static readonly string[] s_redirects = ["Redirect", "RedirectPermanent", "RedirectPreserveMethod", "RedirectPermanentPreserveMethod"];

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Mvc.ControllerBase", "url", s_redirects),
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Mvc.RazorPages.PageBase", "url", s_redirects),
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "url", s_redirects),
        .. Constructors(SinkKinds.Redirect, "Microsoft.AspNetCore.Mvc.RedirectResult", "url"),
        .. Properties(SinkKinds.Redirect, "Microsoft.AspNetCore.Mvc.RedirectResult", "Url"),
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Http.HttpResponse", "location", "Redirect"),
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Http.Results", "url", "Redirect"),
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Http.TypedResults", "url", "Redirect"),
        .. Properties(SinkKinds.Redirect, "Microsoft.AspNetCore.Http.IHeaderDictionary", "Location"),
        Sink.IndexerValue(SinkKinds.Redirect, "Microsoft.AspNetCore.Http.IHeaderDictionary", includeImplementations: true, when: IsLocation),
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Http.HeaderDictionaryExtensions", "value", static site => site.TryGetConstant("key", out object? key) && IsLocationName(key), ["Append"]),
        .. Parameters(SinkKinds.Redirect, "Microsoft.AspNetCore.Components.NavigationManager", "uri", "NavigateTo"),
        .. Properties(SinkKinds.Redirect, "Microsoft.AspNetCore.Authentication.AuthenticationProperties", "RedirectUri"),

        // System.Web, MVC 5, Web API 2, HttpListener.
        .. Parameters(SinkKinds.Redirect, "System.Web.HttpResponse", "url", "Redirect", "RedirectPermanent"),
        .. Parameters(SinkKinds.Redirect, "System.Web.HttpResponseBase", "url", "Redirect", "RedirectPermanent"),
        .. Properties(SinkKinds.Redirect, "System.Web.HttpResponse", "RedirectLocation"),
        .. Parameters(SinkKinds.Redirect, "System.Web.Mvc.Controller", "url", "Redirect", "RedirectPermanent"),
        .. Constructors(SinkKinds.Redirect, "System.Web.Mvc.RedirectResult", "url"),
        .. Parameters(SinkKinds.Redirect, "System.Web.Http.ApiController", "location", "Redirect"),
        .. Parameters(SinkKinds.Redirect, "System.Net.HttpListenerResponse", "url", "Redirect"),
        .. Properties(SinkKinds.Redirect, "System.Net.HttpListenerResponse", "RedirectLocation"),
    ]);

    private static bool IsLocation(SinkSite site) =>
        site.Operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } && site.TryGetConstant(key.Value.WithoutConversions(), out object? name) && IsLocationName(name);

    private static bool IsLocationName(object? name) => name is string text && text.Equals("Location", System.StringComparison.OrdinalIgnoreCase);
}
