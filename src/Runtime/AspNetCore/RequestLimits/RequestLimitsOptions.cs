namespace SecurityToolchain.AspNetCore.RequestLimits;

/// <summary>Upper bounds for what a request may make the server read or keep. Endpoints that need more say so with the framework's own attributes.</summary>
public sealed class RequestLimitsOptions
{
    /// <summary>Whether the limits are applied; default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Bytes of a request body; 1 KiB to 1 GiB, default 10 MiB (the framework's is 28.6 MiB).</summary>
    public long MaxBodySizeBytes { get; set; } = 10L << 20;

    /// <summary>Bytes of a multipart form; 1 KiB to 1 GiB, default 10 MiB (the framework's is 128 MiB).</summary>
    public long MaxMultipartBodySizeBytes { get; set; } = 10L << 20;

    /// <summary>Fields of a form; 1 to 10,000, default 256 (the framework's is 1,024).</summary>
    public int MaxFormFields { get; set; } = 256;

    /// <summary>Bytes of all request headers together; 1 KiB to 1 MiB, default 32 KiB.</summary>
    public int MaxHeadersSizeBytes { get; set; } = 32 << 10;

    /// <summary>Request headers; 1 to 1,000, default 64.</summary>
    public int MaxHeaderCount { get; set; } = 64;

    /// <summary>Time for a client to send its headers; 1 second to 5 minutes, default 15 seconds.</summary>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes per second that a body must come in with after a grace of 5 seconds; 1 to 1,000,000, default 240.</summary>
    public int MinBodyBytesPerSecond { get; set; } = 240;
}
