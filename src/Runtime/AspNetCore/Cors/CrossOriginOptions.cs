namespace SecurityToolchain.AspNetCore.Cors;

/// <summary>Which other origins a browser may let read the application's responses. None by default.</summary>
public sealed class CrossOriginOptions
{
    /// <summary>Origins in the form <c>https://app.example.com</c>, without a path and without wildcards; http only for loopback hosts. Default: none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Whether those origins may send cookies and other credentials; default false.</summary>
    public bool AllowCredentials { get; set; }
}
