using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sources.SourceRows;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>What a client of an ASP.NET Core application sends. Parameters of entry points are found by <see cref="EntryPointSources"/>.</summary>
internal static class AspNetCoreSources
{
    private const string Routes = "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.CreateRange<Source>([
        // Microsoft.AspNetCore.Http.HttpRequest reference.
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.HttpRequest", "query string", "Query", "QueryString"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.HttpRequest", "form", "Form"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.HttpRequest", "request body", "Body", "BodyReader"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.HttpRequest", "request path", "Path", "RouteValues"),
        .. Properties(SourceKinds.RequestHeader, "Microsoft.AspNetCore.Http.HttpRequest", "request header", "Headers", "Host", "ContentType"),
        .. Properties(SourceKinds.RequestCookie, "Microsoft.AspNetCore.Http.HttpRequest", "cookie", "Cookies"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.HttpRequest", "form", "ReadFormAsync"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.RequestFormReaderExtensions", "form", "ReadFormAsync"),
        .. Results(SourceKinds.RequestValue | SourceKinds.BoundObject, "Microsoft.AspNetCore.Http.HttpRequestJsonExtensions", "request body", "ReadFromJsonAsync"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.Extensions.UriHelper", "request URL", "GetDisplayUrl", "GetEncodedUrl", "GetEncodedPathAndQuery"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Routing.RoutingHttpContextExtensions", "route value", "GetRouteValue"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Routing.RouteData", "route value", "Values"),
        .. Properties(SourceKinds.RequestHeader, "Microsoft.AspNetCore.Http.Headers.RequestHeaders", "request header", "Referer", "Host"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.Features.IHttpRequestFeature", "request", "RawTarget", "QueryString", "Path"),

        // IFormFile and multipart reference. The client chooses the name.
        .. Properties(SourceKinds.UploadedFileName, "Microsoft.AspNetCore.Http.IFormFile", "name of the uploaded file", "FileName"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.IFormFile", "uploaded file", "Name", "ContentType", "ContentDisposition", "Headers"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.IFormFile", "uploaded file", "OpenReadStream"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.WebUtilities.MultipartReader", "uploaded file", "ReadNextSectionAsync"),

        // Model binding by hand.
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Mvc.ModelBinding.IValueProvider", "request value", "GetValue"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Components.ChangeEventArgs", "input element", "Value"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Components.NavigationManager", "address bar", "Uri"),
        .. Properties(SourceKinds.UploadedFileName, "Microsoft.AspNetCore.Components.Forms.IBrowserFile", "name of the uploaded file", "Name"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Components.Forms.IBrowserFile", "uploaded file", "OpenReadStream"),

        .. Buffers(SourceKinds.RequestValue | SourceKinds.BoundObject, "Microsoft.AspNetCore.Mvc.ControllerBase", "model", "request", "TryUpdateModelAsync"),
        .. Buffers(SourceKinds.RequestValue | SourceKinds.BoundObject, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "model", "request", "TryUpdateModelAsync"),

        // JavaScript interop: the browser's script decides the result.
        .. Results(SourceKinds.ScriptInterop, "Microsoft.JSInterop.IJSRuntime", "result of a browser script", "InvokeAsync"),
        .. Results(SourceKinds.ScriptInterop, "Microsoft.JSInterop.JSRuntimeExtensions", "result of a browser script", "InvokeAsync"),
        .. Results(SourceKinds.ScriptInterop, "Microsoft.JSInterop.IJSObjectReference", "result of a browser script", "InvokeAsync"),
        .. Results(SourceKinds.ScriptInterop, "Microsoft.JSInterop.JSObjectReferenceExtensions", "result of a browser script", "InvokeAsync"),

        // WebSocket reference.
        .. Buffers(SourceKinds.RemoteConnection, "System.Net.WebSockets.WebSocket", "buffer", "WebSocket message", "ReceiveAsync"),

        // Minimal APIs: every verb, fallbacks and filters.
        .. Handlers("Map", "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "MapFallback"),
        .. Results(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.EndpointFilterInvocationContext", "endpoint argument", "GetArgument"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.EndpointFilterInvocationContext", "endpoint argument", "Arguments"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext", "action argument", "ActionArguments"),

        // gRPC for .NET: metadata that the client sends.
        .. Properties(SourceKinds.RequestHeader, "Grpc.Core.ServerCallContext", "request metadata", "RequestHeaders"),
    ]);

    private static ImmutableArray<Source> Handlers(params string[] methods)
    {
        ImmutableArray<Source>.Builder rows = ImmutableArray.CreateBuilder<Source>();
        foreach (string method in methods)
        {
            rows.Add(Source.DelegateParameters(
                SourceKinds.RequestValue | SourceKinds.BoundObject, Routes, method, "handler", describe: null, filter: static parameter => RequestParameters.IsFromRequest(parameter, isMinimalApi: true)));
        }

        return rows.ToImmutable();
    }
}
