using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SecurityToolchain.Runtime.Tests.Incidents;

/// <summary>Takes one mail over plain SMTP on a loopback port.</summary>
internal sealed class LoopbackSmtpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public LoopbackSmtpServer()
    {
        _listener.Start();
        Mail = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Envelope commands and the message, as they came over the wire.</summary>
    public Task<string> Mail { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string> ServeAsync()
    {
        using TcpClient client = await _listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var mail = new StringBuilder();
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync() is { } line)
        {
            mail.AppendLine(line);
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go");
                while (await reader.ReadLineAsync() is { } text && text != ".")
                    mail.AppendLine(text);
            }
            else if (line == "QUIT")
            {
                break;
            }

            await writer.WriteLineAsync("250 ok");
            if (mail.ToString().Contains("DATA", StringComparison.Ordinal))
                break;
        }

        return mail.ToString();
    }
}
