using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sources.SourceRows;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>What a client of an application on System.Web, OWIN or HttpListener sends.</summary>
internal static class SystemWebSources
{
    private static readonly string[] s_values =
        ["QueryString", "Form", "Params", "RawUrl", "Url", "PathInfo", "Path", "FilePath", "InputStream", "Files", "Unvalidated", "CurrentExecutionFilePath"];

    private static readonly string[] s_headers = ["Headers", "UrlReferrer", "UserAgent", "ServerVariables", "UserLanguages", "UserHostName", "AcceptTypes", "ContentType"];

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.CreateRange<Source>([
        // System.Web.HttpRequest and its testable twin.
        .. Properties(SourceKinds.RequestValue, "System.Web.HttpRequest", "request", s_values),
        .. Properties(SourceKinds.RequestHeader, "System.Web.HttpRequest", "request header", s_headers),
        .. Properties(SourceKinds.RequestCookie, "System.Web.HttpRequest", "cookie", "Cookies"),
        Source.IndexerValue(SourceKinds.RequestValue, "System.Web.HttpRequest", describe: "request"),
        .. Results(SourceKinds.RequestValue, "System.Web.HttpRequest", "request body", "BinaryRead", "GetBufferedInputStream", "GetBufferlessInputStream"),
        .. Properties(SourceKinds.RequestValue, "System.Web.HttpRequestBase", "request", s_values),
        .. Properties(SourceKinds.RequestHeader, "System.Web.HttpRequestBase", "request header", s_headers),
        .. Properties(SourceKinds.RequestCookie, "System.Web.HttpRequestBase", "cookie", "Cookies"),
        Source.IndexerValue(SourceKinds.RequestValue, "System.Web.HttpRequestBase", includeImplementations: true, describe: "request"),
        .. Results(SourceKinds.RequestValue, "System.Web.HttpRequestBase", "request body", "BinaryRead"),
        .. Properties(SourceKinds.UploadedFileName, "System.Web.HttpPostedFile", "name of the uploaded file", "FileName"),
        .. Properties(SourceKinds.RequestValue, "System.Web.HttpPostedFile", "uploaded file", "InputStream", "ContentType"),
        .. Properties(SourceKinds.UploadedFileName, "System.Web.HttpPostedFileBase", "name of the uploaded file", "FileName"),
        .. Properties(SourceKinds.RequestValue, "System.Web.HttpPostedFileBase", "uploaded file", "InputStream", "ContentType"),

        // Web Forms controls that post back what the client typed or what its page held.
        .. Properties(SourceKinds.RequestValue, "System.Web.UI.WebControls.TextBox", "text box", "Text"),
        .. Properties(SourceKinds.RequestValue, "System.Web.UI.WebControls.HiddenField", "hidden field", "Value"),
        .. Properties(SourceKinds.RequestValue, "System.Web.UI.WebControls.ListControl", "list", "SelectedValue"),
        .. Properties(SourceKinds.RequestValue, "System.Web.UI.HtmlControls.HtmlInputControl", "input element", "Value"),
        .. Properties(SourceKinds.RequestValue, "System.Web.UI.HtmlControls.HtmlTextArea", "text area", "Value"),
        .. Properties(SourceKinds.UploadedFileName, "System.Web.UI.WebControls.FileUpload", "name of the uploaded file", "FileName"),
        .. Properties(SourceKinds.RequestValue, "System.Web.UI.WebControls.FileUpload", "uploaded file", "FileBytes", "FileContent"),

        .. Properties(SourceKinds.RequestValue, "System.Web.Routing.RouteData", "route value", "Values"),
        .. Results(SourceKinds.RequestValue, "System.Web.Routing.RouteData", "route value", "GetRequiredString"),

        // Web API 2 and OWIN.
        Source.Property(SourceKinds.RequestValue, "System.Web.Http.ApiController", "Request", includeImplementations: true, describe: "request"),
        .. Results(SourceKinds.RequestValue, "System.Net.Http.HttpRequestMessageExtensions", "query string", "GetQueryNameValuePairs"),
        .. Properties(SourceKinds.RequestValue, "Microsoft.Owin.IOwinRequest", "request", "Query", "QueryString", "Path", "Uri", "Body"),
        .. Properties(SourceKinds.RequestHeader, "Microsoft.Owin.IOwinRequest", "request header", "Headers", "Host", "ContentType", "Accept"),
        .. Properties(SourceKinds.RequestCookie, "Microsoft.Owin.IOwinRequest", "cookie", "Cookies"),
        .. Results(SourceKinds.RequestValue, "Microsoft.Owin.IOwinRequest", "form", "ReadFormAsync"),

        // System.Net.HttpListenerRequest reference.
        .. Properties(SourceKinds.RequestValue, "System.Net.HttpListenerRequest", "request", "QueryString", "InputStream", "RawUrl", "Url"),
        .. Properties(SourceKinds.RequestHeader, "System.Net.HttpListenerRequest", "request header", "Headers", "UrlReferrer", "UserAgent", "UserHostName", "ContentType", "UserLanguages"),
        .. Properties(SourceKinds.RequestCookie, "System.Net.HttpListenerRequest", "cookie", "Cookies"),

        // Azure Functions (isolated worker), HttpRequestData reference.
        .. Properties(SourceKinds.RequestValue, "Microsoft.Azure.Functions.Worker.Http.HttpRequestData", "request", "Body", "Url", "Query"),
        .. Properties(SourceKinds.RequestHeader, "Microsoft.Azure.Functions.Worker.Http.HttpRequestData", "request header", "Headers"),
        .. Properties(SourceKinds.RequestCookie, "Microsoft.Azure.Functions.Worker.Http.HttpRequestData", "cookie", "Cookies"),
        .. Results(SourceKinds.RequestValue, "Microsoft.Azure.Functions.Worker.Http.HttpRequestDataExtensions", "request body", "ReadAsString", "ReadAsStringAsync", "ReadFromJsonAsync"),

        // AWS Lambda, Amazon.Lambda.APIGatewayEvents and Amazon.Lambda.ApplicationLoadBalancerEvents reference.
        .. Lambda("Amazon.Lambda.APIGatewayEvents.APIGatewayProxyRequest"),
        .. Lambda("Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest"),
        .. Lambda("Amazon.Lambda.ApplicationLoadBalancerEvents.ApplicationLoadBalancerRequest"),
    ]);

    private static ImmutableArray<Source> Lambda(string type) => ImmutableArray.CreateRange<Source>([
        .. Properties(SourceKinds.RequestValue, type, "request", "Body", "QueryStringParameters", "MultiValueQueryStringParameters", "PathParameters", "Path", "RawPath", "RawQueryString"),
        .. Properties(SourceKinds.RequestHeader, type, "request header", "Headers", "MultiValueHeaders"),
        .. Properties(SourceKinds.RequestCookie, type, "cookie", "Cookies"),
    ]);
}
