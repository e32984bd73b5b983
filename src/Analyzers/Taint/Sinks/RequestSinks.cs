using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that send a request or open a connection to a host (CWE-918).</summary>
internal static class RequestSinks
{
    // A URL has a host, which the client of a server must not decide, and a path, in which input should stay one segment.
    private const SinkKinds Url = SinkKinds.RequestHost | SinkKinds.RequestPath;
    private const SinkKinds Host = SinkKinds.RequestHost;

    private static readonly string[] s_clientMethods =
    [
        "GetAsync", "GetStringAsync", "GetStreamAsync", "GetByteArrayAsync", "PostAsync", "PutAsync", "DeleteAsync", "PatchAsync",
    ];

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // System.Net.Http reference.
        .. Parameters(Url, "System.Net.Http.HttpClient", "requestUri", s_clientMethods),
        .. Properties(Url, "System.Net.Http.HttpClient", "BaseAddress"),
        .. Constructors(Url, "System.Net.Http.HttpRequestMessage", "requestUri"),
        .. Properties(Url, "System.Net.Http.HttpRequestMessage", "RequestUri"),
        .. Parameters(
            Url, "System.Net.Http.Json.HttpClientJsonExtensions", "requestUri",
            "GetFromJsonAsync", "PostAsJsonAsync", "PutAsJsonAsync", "PatchAsJsonAsync", "DeleteFromJsonAsync", "GetFromJsonAsAsyncEnumerable"),

        // System.Net.WebRequest and WebClient reference.
        .. Parameters(Url, "System.Net.WebRequest", "requestUriString", "Create", "CreateHttp"),
        .. Parameters(Url, "System.Net.WebRequest", "requestUri", "Create", "CreateDefault", "CreateHttp"),
        .. Parameters(
            Url, "System.Net.WebClient", "address",
            "DownloadString", "DownloadStringAsync", "DownloadStringTaskAsync", "DownloadData", "DownloadDataAsync", "DownloadDataTaskAsync", "DownloadFile", "DownloadFileAsync",
            "DownloadFileTaskAsync", "OpenRead", "OpenReadAsync", "OpenReadTaskAsync", "OpenWrite", "UploadString", "UploadStringTaskAsync", "UploadData", "UploadValues", "UploadFile"),
        .. Properties(Url, "System.Net.WebClient", "BaseAddress"),

        // Sockets, mail, probes.
        .. Parameters(Host, "System.Net.Sockets.TcpClient", "hostname", "Connect"),
        .. Parameters(Host, "System.Net.Sockets.TcpClient", "host", "ConnectAsync", "BeginConnect"),
        .. Constructors(Host, "System.Net.Sockets.TcpClient", "hostname"),
        .. Constructors(Host, "System.Net.Sockets.UdpClient", "hostname"),
        .. Parameters(Host, "System.Net.Sockets.Socket", "host", "Connect", "ConnectAsync", "BeginConnect"),
        .. Constructors(Host, "System.Net.Mail.SmtpClient", "host"),
        .. Parameters(Url, "System.Net.WebSockets.ClientWebSocket", "uri", "ConnectAsync"),

        .. Properties(Host, "System.UriBuilder", "Host"),
        .. Parameters(Host, "System.Net.NetworkInformation.Ping", "hostNameOrAddress", "Send", "SendAsync", "SendPingAsync"),

        // RestSharp, Flurl, Refit reference.
        .. Constructors(Url, "RestSharp.RestClient", "baseUrl"),
        .. Constructors(Url, "RestSharp.RestClientOptions", "baseUrl"),
        .. Properties(Url, "RestSharp.RestClientOptions", "BaseUrl"),
        .. Constructors(Url, "Flurl.Url", "baseUrl"),
        .. Constructors(Url, "Flurl.Http.FlurlClient", "baseUrl"),
        .. Parameters(Url, "Flurl.Http.GeneratedExtensions", "url", "GetAsync", "GetStringAsync", "GetJsonAsync", "GetStreamAsync", "GetBytesAsync", "PostJsonAsync", "PostStringAsync", "PostAsync", "PutJsonAsync", "DeleteAsync"),
        .. Parameters(Url, "Refit.RestService", "hostUrl", "For"),

        // XML readers fetch what a URL names.
        .. Parameters(Host, "System.Xml.XmlReader", "inputUri", "Create"),
        .. Parameters(Host, "System.Xml.Linq.XDocument", "uri", "Load"),
        .. Parameters(Host, "System.Xml.Linq.XElement", "uri", "Load"),
    ]);
}
