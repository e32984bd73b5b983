using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sources.SourceRows;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>What comes over connections: responses of servers, sockets that were opened or accepted.</summary>
internal static class NetworkSources
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.CreateRange<Source>([
        // System.Net.Http reference.
        .. Results(SourceKinds.RemoteResponse, "System.Net.Http.HttpClient", "HTTP response", "GetStringAsync", "GetStreamAsync", "GetByteArrayAsync"),
        .. Results(SourceKinds.RemoteResponse, "System.Net.Http.HttpContent", "HTTP response", "ReadAsStringAsync", "ReadAsStreamAsync", "ReadAsByteArrayAsync", "ReadAsStream"),
        .. Results(SourceKinds.RemoteResponse, "System.Net.Http.Json.HttpClientJsonExtensions", "HTTP response", "GetFromJsonAsync", "DeleteFromJsonAsync", "GetFromJsonAsAsyncEnumerable"),
        .. Results(SourceKinds.RemoteResponse, "System.Net.Http.Json.HttpContentJsonExtensions", "HTTP response", "ReadFromJsonAsync", "ReadFromJsonAsAsyncEnumerable"),
        .. Properties(SourceKinds.RemoteResponse, "System.Net.Http.HttpResponseMessage", "HTTP response", "Headers", "ReasonPhrase"),

        // System.Net.WebClient and WebRequest reference.
        .. Results(
            SourceKinds.RemoteResponse, "System.Net.WebClient", "HTTP response",
            "DownloadString", "DownloadStringTaskAsync", "DownloadData", "DownloadDataTaskAsync", "OpenRead", "OpenReadTaskAsync", "UploadString", "UploadStringTaskAsync", "UploadData", "UploadValues"),
        .. Results(SourceKinds.RemoteResponse, "System.Net.WebResponse", "HTTP response", "GetResponseStream"),
        .. Properties(SourceKinds.RemoteResponse, "System.Net.WebResponse", "HTTP response", "Headers"),

        // Sockets that a remote side opened.
        .. Results(SourceKinds.RemoteConnection, "System.Net.Sockets.TcpListener", "accepted connection", "AcceptTcpClient", "AcceptTcpClientAsync", "AcceptSocket", "AcceptSocketAsync"),
        .. Results(SourceKinds.RemoteConnection, "System.Net.Sockets.Socket", "accepted connection", "Accept", "AcceptAsync"),
        .. Results(SourceKinds.RemoteConnection, "System.Net.Sockets.UdpClient", "datagram", "Receive", "ReceiveAsync"),

        // Sockets that the program opened.
        .. Results(SourceKinds.LocalConnection, "System.Net.Sockets.TcpClient", "TCP connection", "GetStream"),
        .. Buffers(SourceKinds.LocalConnection, "System.Net.Sockets.Socket", "buffer", "socket", "Receive", "ReceiveFrom", "ReceiveAsync", "ReceiveFromAsync"),
        Source.Construction(SourceKinds.LocalConnection, "System.Net.Sockets.NetworkStream", "socket"),
        Source.Construction(SourceKinds.LocalConnection, "System.IO.Pipes.NamedPipeClientStream", "named pipe"),
        Source.Construction(SourceKinds.LocalConnection, "System.IO.Pipes.NamedPipeServerStream", "named pipe"),
        .. Results(SourceKinds.RemoteResponse, "System.Net.Dns", "DNS response", "GetHostEntry", "GetHostEntryAsync"),

        // FTP and mail libraries hand out what servers sent.
        .. Properties(SourceKinds.RemoteResponse, "MimeKit.MimeMessage", "mail", "TextBody", "HtmlBody", "Subject"),
        .. Properties(SourceKinds.UploadedFileName, "MimeKit.MimePart", "name of an attachment", "FileName"),
        .. Properties(SourceKinds.RemoteResponse, "RestSharp.RestResponseBase", "HTTP response", "Content", "RawBytes"),
    ]);
}
