using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that send HTML or script to a browser without encoding it (CWE-79).</summary>
internal static class MarkupSinks
{
    private static readonly string[] s_contentMethods = ["Content"];

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // Microsoft.AspNetCore.Html and Mvc.Rendering reference.
        .. Constructors(SinkKinds.Html, "Microsoft.AspNetCore.Html.HtmlString", "value"),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Mvc.Rendering.IHtmlHelper", "value", "Raw"),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Html.IHtmlContentBuilder", "encoded", "AppendHtml"),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Html.HtmlContentBuilderExtensions", "encoded", "SetHtmlContent", "AppendHtmlLine"),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Html.HtmlContentBuilderExtensions", "format", "AppendFormat"),
        .. Constructors(SinkKinds.Html, "Microsoft.AspNetCore.Html.HtmlFormattableString", "format"),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Razor.TagHelpers.TagHelperContent", "encoded", "SetHtmlContent", "AppendHtml"),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Mvc.Razor.RazorPageBase", "value", "WriteLiteral"),

        // Blazor.
        .. Constructors(SinkKinds.Html, "Microsoft.AspNetCore.Components.MarkupString", "value"),
        Sink.Parameter(SinkKinds.Html, "Microsoft.AspNetCore.Components.MarkupString", "op_Explicit", "value"),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder", "markupContent", "AddMarkupContent"),

        // Results with an HTML content type, and what is written straight into a response.
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Mvc.ControllerBase", "content", static site => IsHtml(site, "contentType"), s_contentMethods),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "content", static site => IsHtml(site, "contentType"), s_contentMethods),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Http.Results", "content", static site => IsHtml(site, "contentType"), ["Content", "Text"]),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Http.TypedResults", "content", static site => IsHtml(site, "contentType"), ["Content", "Text"]),
        Sink.Property(SinkKinds.Html, "Microsoft.AspNetCore.Mvc.ContentResult", "Content", when: static site => site.TryGetReceiverConstant("ContentType", out object? type) ? IsHtmlType(type) : BecomesHtml(site.Operation.Syntax)),
        .. Parameters(SinkKinds.Html, "Microsoft.AspNetCore.Http.HttpResponseWritingExtensions", "text", "WriteAsync"),

        // System.Web.
        .. Parameters(SinkKinds.Html, "System.Web.HttpResponse", "s", "Write"),
        .. Parameters(SinkKinds.Html, "System.Web.HttpResponse", "obj", "Write"),
        .. Parameters(SinkKinds.Html, "System.Web.HttpResponseBase", "s", "Write"),
        .. Parameters(SinkKinds.Html, "System.Web.HttpResponseBase", "obj", "Write"),
        .. Properties(SinkKinds.Html, "System.Web.HttpResponse", "StatusDescription"),
        .. Properties(SinkKinds.Html, "System.Web.HttpResponseBase", "StatusDescription"),
        .. Parameters(SinkKinds.Html, "System.Web.Mvc.HtmlHelper", "value", "Raw"),
        .. Constructors(SinkKinds.Html, "System.Web.HtmlString", "value"),
        .. Constructors(SinkKinds.Html, "System.Web.Mvc.MvcHtmlString", "value"),
        .. Parameters(SinkKinds.Html, "System.Web.Mvc.MvcHtmlString", "value", "Create"),
        .. Properties(SinkKinds.Html, "System.Web.UI.WebControls.Literal", "Text"),
        .. Properties(SinkKinds.Html, "System.Web.UI.WebControls.Label", "Text"),
        .. Properties(SinkKinds.Html, "System.Web.UI.WebControls.HyperLink", "Text"),
        .. Properties(SinkKinds.Html, "System.Web.UI.WebControls.LinkButton", "Text"),
        .. Properties(SinkKinds.Html, "System.Web.UI.WebControls.TableCell", "Text"),
        .. Properties(SinkKinds.Html, "System.Web.UI.LiteralControl", "Text"),
        .. Constructors(SinkKinds.Html, "System.Web.UI.LiteralControl", "text"),
        .. Properties(SinkKinds.Html, "System.Web.UI.HtmlControls.HtmlContainerControl", "InnerHtml"),
        .. Parameters(SinkKinds.Html, "System.Web.UI.HtmlTextWriter", "s", "Write"),
        .. Parameters(SinkKinds.Script, "System.Web.UI.ClientScriptManager", "script", "RegisterStartupScript", "RegisterClientScriptBlock", "RegisterOnSubmitStatement"),
        .. Parameters(SinkKinds.Script, "System.Web.UI.ScriptManager", "script", "RegisterStartupScript", "RegisterClientScriptBlock"),

        // Script that the browser evaluates.
        .. Parameters(SinkKinds.Script, "Microsoft.JSInterop.JSRuntimeExtensions", "args", static site => site.TryGetConstant("identifier", out object? name) && name is "eval" or "Function", ["InvokeAsync", "InvokeVoidAsync"]),
        .. Parameters(SinkKinds.Script, "Microsoft.JSInterop.JSRuntimeExtensions", "identifier", "InvokeAsync", "InvokeVoidAsync"),
    ]);

    /// <summary>Whether a content type is HTML, or unknown because it is a variable.</summary>
    private static bool IsHtml(SinkSite site, string parameter) => site.TryGetConstant(parameter, out object? type) && IsHtmlType(type);

    /// <summary>Whether the object initialiser or the member around an assignment sets an HTML content type later.</summary>
    private static bool BecomesHtml(SyntaxNode assignment)
    {
        SyntaxNode? scope = assignment.Parent is InitializerExpressionSyntax initializer ? initializer : assignment.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return scope is not null && scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(static one =>
            one.Left is IdentifierNameSyntax { Identifier.ValueText: "ContentType" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContentType" }
            && one.Right is LiteralExpressionSyntax { Token.Value: string type } && IsHtmlType(type));
    }

    private static bool IsHtmlType(object? type) =>
        type is string text && (text.IndexOf("html", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("svg", StringComparison.OrdinalIgnoreCase) >= 0);
}
